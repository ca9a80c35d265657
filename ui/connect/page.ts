import { linkNext, linkText, linkTitle, type TextName, texts } from './texts.ts';

/** The popup's few elements. Text only: nothing that came from outside is ever read as HTML. */
export interface Page {
  say(name: TextName): void;
  ask(
    facts: { system: string; tenant: string; marketplace: string; user: string },
    go: () => void,
  ): void;
}

export function createPage(root: Document): Page {
  const write = (id: string, text: string) => {
    const element = root.getElementById(id);
    if (element) element.textContent = text;
  };
  const button = (id: string, press: (() => void) | null) => {
    const element = root.getElementById(id);
    if (!(element instanceof HTMLButtonElement)) return;
    element.hidden = press === null;
    element.onclick = press;
    if (press) element.focus();
  };
  return {
    say: (name) => {
      const { title, text, next } = texts[name];
      write('title', title);
      write('text', text);
      write('next', next);
      button('continue', null);
      button('close', name === 'asking' ? null : () => window.close());
    },
    ask: (facts, go) => {
      write('title', linkTitle(facts.system));
      write('text', linkText(facts));
      write('next', linkNext);
      button('close', null);
      button('continue', go);
    },
  };
}
