import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { seriousFindings } from './board-page.js';

/** The state of a service whose exchange is away: what fails, what to do, and what is well. */
export async function tellsWhatFails(page: Page): Promise<void> {
  const ari = page.getByTestId('watched').filter({ hasText: '異常: 電話をかけるためのつながり（ARI）' });
  await ari.getByText('Asterisk が動いているか見てください').waitFor();
  await page.getByRole('row', { name: 'データベースへの書き込み' }).getByText('書けます').waitFor();
  await page.getByText('SQLite 3').waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.doesNotMatch(await page.content(), /secret-of-/);
}
