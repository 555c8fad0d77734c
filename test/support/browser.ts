import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../src/testbed/find-chromium.js';

/** Opens a browser without a window. */
export async function openBrowser(): Promise<Browser> {
  const { executable, environment } = await findChromium();
  return chromium.launch({
    executablePath: executable,
    // Dates and times in fields as people in Japan see them.
    env: { ...process.env, ...environment, LANGUAGE: 'ja' },
    args: ['--lang=ja', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
