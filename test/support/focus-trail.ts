import type { Page } from 'playwright-core';

interface Stop {
  what: string;
  isSeen: boolean;
}

/**
 * Goes through a page with the Tab key.
 *
 * @param most how many presses at most; the trail ends when the keyboard leaves the page
 * @returns on how much it stopped, and which of that does not show that it is there
 */
export async function focusTrail(page: Page, most: number): Promise<{ stops: number; unseen: string[] }> {
  const unseen: string[] = [];
  let stops = 0;
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<Stop | null>(describeFocus);
    if (!stop) break;
    stops++;
    if (!stop.isSeen) unseen.push(stop.what);
  }
  return { stops, unseen };
}

/** Runs in the page. Focus shows by an outline or a shadow of the element itself or of what is drawn in its place. */
const describeFocus = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const shows = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const drawn = [focused, focused.parentElement, ...(focused.parentElement?.children ?? [])];
  return { what: focused.outerHTML.slice(0, 160), isSeen: drawn.some((one) => one && shows(one)) };
})()`;
