/** What a browser says about where a request comes from. */
export interface Origins {
  secFetchSite: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}

/**
 * Whether a request that changes something was sent by a page of ours.
 *
 * Asked of the browser rather than of a second token: a page of another site can forge neither header, there is
 * nothing to keep in step with the session, and the login form is protected too. `Sec-Fetch-Site` comes with
 * HTTPS and loopback; `Origin` comes with every POST of every browser, on plain HTTP in an office as well.
 * Who sends neither is no page; programs use the token of the API.
 *
 * @param baseUrl where the pages are; undefined: wherever the request was sent to
 */
export function isFromOwnPage({ secFetchSite, origin, host }: Origins, baseUrl: string | undefined): boolean {
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin';
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (baseUrl !== undefined && new URL(baseUrl).origin === origin) return true;
  return new URL(origin).host === host?.toLowerCase();
}
