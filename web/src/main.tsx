import '@mantine/core/styles.css';
import './base.css';
import { setNonce } from 'get-nonce';
import { createTheme, MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { MeProvider } from './api/me';
import { App } from './app';
import { applyPrintSize } from './display/display';
import { BrokenPageCatcher } from './layout/broken-page';
import { TextProvider } from './text/text';

/** From the eighth on they bear white letters, and what is pointed at is darker than what is not. */
const genki = [
  '#e3f7f3',
  '#c9ebe4',
  '#95d8ca',
  '#5fc4af',
  '#4cc7ac',
  '#35b89b',
  '#1f9d82',
  '#12826b',
  '#0b6b5b',
  '#075548',
] as const;

const theme = createTheme({
  colors: { genki },
  primaryColor: 'genki',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  fontFamily:
    '"BIZ UDPGothic", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", Meiryo, sans-serif',
  headings: { fontWeight: '700' },
});

/** The one nonce of this page's styles: the service writes it into the page, see `src/http/pages.ts`. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// For what keeps the page still behind a drawer.
setNonce(nonce);

applyPrintSize();
const place = document.getElementById('root');
if (!place) throw new Error('the page has no place for the console');
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <TextProvider>
        <BrowserRouter>
          <MeProvider>
            <BrokenPageCatcher>
              <App />
            </BrokenPageCatcher>
          </MeProvider>
        </BrowserRouter>
      </TextProvider>
    </MantineProvider>
  </StrictMode>,
);
