import { AppShell, Burger, Button, Group, NavLink, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useMe } from '../api/me';
import { HotdeskProvider } from '../hotdesk/hotdesk';
import { DisplayMenu } from '../display/display';
import { useText } from '../text/text';
import { LoginAgain } from '../kit/login-again';
import { NoticesProvider } from '../kit/notices';
import { HoldBanner } from './hold-banner';
import { menu } from './pages';

/** Around every page: where one is, what else one may see, who one is. */
export function Shell({ children }: { children: ReactNode }) {
  const { say } = useText();
  const { state, may, leave } = useMe();
  const { pathname } = useLocation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const me = state.kind === 'in' ? state.me : undefined;
  const groups = menu
    .map(({ title, pages }) => ({
      title,
      pages: pages.filter(
        ({ permission, hidden }) => (permission === undefined || may(permission)) && !hidden,
      ),
    }))
    .filter(({ pages }) => pages.length > 0);
  return (
    <AppShell
      header={{ height: '3.25rem' }}
      navbar={{ width: '13rem', breakpoint: 'sm', collapsed: { mobile: !isOpen, desktop: !isOpen } }}
    >
      <AppShell.Header>
        <a className="skip" href="#content">
          {say('app.skip')}
        </a>
        <Group h="100%" px="sm" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              size="sm"
              aria-label={say('nav.open')}
              aria-expanded={isOpen}
            />
            <Text className="brand" fw={700} component={Link} to="/" c="inherit" td="none">
              {say('app.name')}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {me && (
              <Text size="sm" truncate visibleFrom="xs">
                {me.user.name}
                {`（${say(`role.${me.user.role}`)}）`}
              </Text>
            )}
            <DisplayMenu />
            <Button variant="default" size="compact-md" onClick={() => void leave()}>
              {say('nav.logout')}
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={say('nav.label')}>
        {groups.map(({ title: group, pages }) => (
          <Stack key={group} gap={0} mb="sm" component="section" aria-label={say(group)}>
            <Text size="sm" fw={700} c="var(--dim)" px="xs">
              {say(group)}
            </Text>
            {pages.map(({ path, title }) => (
              <NavLink
                key={path}
                component={Link}
                to={path}
                label={say(title)}
                active={pathname === path || pathname.startsWith(`${path}/`)}
                onClick={close}
              />
            ))}
          </Stack>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <NoticesProvider>
          <HoldBanner />
          <HotdeskProvider>{children}</HotdeskProvider>
        </NoticesProvider>
        <LoginAgain />
      </AppShell.Main>
    </AppShell>
  );
}
