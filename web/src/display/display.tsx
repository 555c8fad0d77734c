import { ActionIcon, Menu, Switch, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../text/text';

const largePlace = 'genkidesu.large';
const schemes: MantineColorScheme[] = ['light', 'dark', 'auto'];

/** Large print is a larger root: everything that is measured in rem grows with it. */
export function applyPrintSize(): void {
  const isLarge = localStorage.getItem(largePlace) === 'yes';
  document.documentElement.style.fontSize = isLarge ? '125%' : '';
}

/** Light or dark, large print, language: each device keeps its own. */
export function DisplayMenu() {
  const { say, language, setLanguage } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isLarge, setLarge] = useState(() => localStorage.getItem(largePlace) === 'yes');
  useEffect(() => {
    localStorage.setItem(largePlace, isLarge ? 'yes' : 'no');
    applyPrintSize();
  }, [isLarge]);
  return (
    <Menu position="bottom-end" closeOnItemClick={false} withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={say('display.menu')}>
          <span aria-hidden>Aa</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('display.menu')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            leftSection={<span aria-hidden>{colorScheme === scheme ? '●' : '○'}</span>}
            aria-current={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {say(scheme === 'auto' ? 'display.auto' : scheme === 'dark' ? 'display.dark' : 'display.light')}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          component="div"
          onClick={() => setLarge(!isLarge)}
          rightSection={<Switch checked={isLarge} readOnly tabIndex={-1} aria-label={say('display.large')} />}
        >
          {say('display.large')}
        </Menu.Item>
        <Menu.Item onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}>
          {say('display.language')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
