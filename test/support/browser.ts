import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../src/testbed/find-chromium.js';

/** Opens a browser without a window. */
export async function openBrowser(): Promise<Browser> {
  const { executable, environment } = await findChromium();
  return chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...environment },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
