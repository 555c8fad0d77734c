import { Alert, Button, Center, Loader, Stack } from '@mantine/core';
import { Suspense, type ReactNode } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import type { Permission } from '../../src/users/permissions';
import { tellFailure } from './api/client';
import { useMe } from './api/me';
import { pages, startOf } from './layout/pages';
import { Shell } from './layout/shell';
import { LoginPage } from './login/login-page';
import { ResetPage } from './login/reset-page';
import { SecondFactorPage } from './login/second-factor-page';
import { WelcomePage } from './login/welcome-page';
import type { TextKey } from './text/dictionary';
import { useText } from './text/text';
import { TvPage } from './tv/tv-page';

/** Which page an address shows, to whom. */
export function App() {
  return (
    <Routes>
      <Route path="/welcome" element={<WelcomePage />} />
      <Route path="/password-reset" element={<ResetPage />} />
      <Route path="/tv" element={<TvPage />} />
      {pages.map(({ path, permission, component: Page }) => (
        <Route
          key={path}
          path={path}
          element={<ForMembers {...(permission !== undefined && { permission })} page={<Page />} />}
        />
      ))}
      <Route path="/" element={<ForMembers page={<Start />} />} />
      <Route path="*" element={<Notice text="app.notFound" />} />
    </Routes>
  );
}

/** Shows a page to those who are in and may see it, and to everybody else what comes first. */
function ForMembers({ permission, page }: { permission?: Permission; page: ReactNode }) {
  const { state, reload, may } = useMe();
  const { say } = useText();
  switch (state.kind) {
    case 'loading':
      return <Waiting />;
    case 'stranger':
      return <LoginPage />;
    case 'failed':
      return (
        <Center h="60vh" p="md">
          <Stack>
            <Alert color="red" role="alert">
              {tellFailure(state.error, say)}
            </Alert>
            <Button onClick={() => void reload()}>{say('app.retry')}</Button>
          </Stack>
        </Center>
      );
    case 'in':
      if (state.me.stage !== 'full') return <SecondFactorPage stage={state.me.stage} />;
      if (permission !== undefined && !may(permission)) return <Notice text="app.notAllowed" />;
      return (
        <Shell>
          <Suspense fallback={<Waiting />}>{page}</Suspense>
        </Shell>
      );
  }
}

function Waiting() {
  const { say } = useText();
  return (
    <Center h="60vh">
      <Loader role="progressbar" aria-label={say('app.loading')} />
    </Center>
  );
}

function Start() {
  const { state, may } = useMe();
  const own = state.kind === 'in' ? startOf[state.me.user.role] : undefined;
  const reachable = pages.filter(
    ({ permission, hidden }) => (permission === undefined || may(permission)) && !hidden,
  );
  const first = reachable.find(({ path }) => path === own) ?? reachable[0];
  return first ? <Navigate to={first.path} replace /> : <Notice text="app.notAllowed" />;
}

function Notice({ text }: { text: TextKey }) {
  const { say } = useText();
  return (
    <Center h="60vh" p="md" component="main">
      <Stack align="center">
        <h1>{say(text)}</h1>
        <Button component={Link} to="/">
          {say('app.toStart')}
        </Button>
      </Stack>
    </Center>
  );
}
