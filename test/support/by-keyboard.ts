import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What stands on the thing that has the focus: its label first, else its own words. */
export function focusedWords(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const focused = document.activeElement;
    const labels = [...(focused.labels ?? [])].map((one) => one.textContent);
    return [focused.getAttribute('aria-label'), ...labels, focused.textContent].filter(Boolean).join(' ').trim();
  })()`);
}

/** Presses Tab until the focus is on what has these words. */
export async function tabTo(page: Page, wanted: RegExp, most = 80): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    if (wanted.test(await focusedWords(page))) return;
  }
  assert.fail(`no Tab leads to ${String(wanted)}; the last one: ${await focusedWords(page)}`);
}

/** Goes on to a button, a link or a choice, and presses it. */
export async function pressOn(page: Page, wanted: RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

/** Goes on to a field and writes into it, in place of what stands there. */
export async function writeInto(page: Page, field: RegExp, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}
