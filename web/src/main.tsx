import '@mantine/core/styles.css';
import './base.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { MeProvider } from './api/me';
import { App } from './app';
import { applyPrintSize } from './display/display';
import { TextProvider } from './text/text';

const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 9, dark: 4 },
  autoContrast: true,
  fontFamily:
    '"BIZ UDPGothic", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", Meiryo, sans-serif',
  headings: { fontWeight: '700' },
});

/** The one nonce of this page's styles: the service writes it into the page, see `src/http/pages.ts`. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

applyPrintSize();
const place = document.getElementById('root');
if (!place) throw new Error('the page has no place for the console');
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <TextProvider>
        <BrowserRouter>
          <MeProvider>
            <App />
          </MeProvider>
        </BrowserRouter>
      </TextProvider>
    </MantineProvider>
  </StrictMode>,
);
