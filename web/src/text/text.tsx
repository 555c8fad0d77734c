import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { dictionary, type TextKey } from './dictionary';

export type Language = 'ja' | 'en';
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

interface Speaking {
  language: Language;
  setLanguage: (language: Language) => void;
  say: Say;
}

const stored = 'genkidesu.language';
const Context = createContext<Speaking | undefined>(undefined);

/** Gives everything below it the words of one language. */
export function TextProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    localStorage.getItem(stored) === 'en' ? 'en' : 'ja',
  );
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(stored, language);
  }, [language]);
  const speaking = useMemo<Speaking>(() => {
    const say: Say = (key, values = {}) =>
      dictionary[key][language === 'ja' ? 0 : 1].replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
        String(values[name] ?? ''),
      );
    return { language, setLanguage, say };
  }, [language]);
  return <Context value={speaking}>{children}</Context>;
}

export function useText(): Speaking {
  const speaking = useContext(Context);
  if (!speaking) throw new Error('no words here: TextProvider is missing');
  return speaking;
}

/** Whether a word that came from elsewhere has an entry. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(dictionary, key);
}
