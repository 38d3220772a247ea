import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './queries/client.ts';
import { router } from './routes.tsx';
import { theme } from './theme/theme.ts';
import { useLanguage, useScheme } from './theme/use-look.ts';

/** The nonce that the server put into the document: what is styled while it runs is let through by it. */
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
// The packages that lock scrolling behind a dialog look for it here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App() {
  const [scheme, language] = [useScheme(), useLanguage()];
  return (
    <DirectionProvider key={language === 'he' ? 'rtl' : 'ltr'} initialDirection={language === 'he' ? 'rtl' : 'ltr'} detectDirection={false}>
      <MantineProvider theme={theme} forceColorScheme={scheme} getStyleNonce={() => nonce ?? ''}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
