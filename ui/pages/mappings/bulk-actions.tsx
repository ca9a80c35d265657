import type { ComponentChildren } from 'preact';
import type { Result, View } from '../../api.ts';
import { plural } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { ask } from '../../state/ask.ts';
import type { Kind } from '../../state/mappings.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { sayWith } from '../../texts/words.ts';
import { settleBulk } from './bulk.ts';

type Act =
  | { do: 'confirm' | 'unmap'; ids: string[] }
  | { do: 'exclude'; ids: string[]; reason: string; until: string | null };

/** What can be done with the ticked rows of either tab; the children are what only one tab has. */
export function BulkActions({
  kind,
  ids,
  change,
  done,
  children,
}: {
  kind: Kind;
  ids: string[];
  change: (act: Act) => Promise<Result<{ changed: number; failed: View.ErrorView[] }>>;
  done: () => void;
  children?: ComponentChildren;
}) {
  const act = async (what: Act, said?: (typeof texts.accepted)[Kind]) => {
    if (await settleBulk(change(what), said)) done();
  };
  const unmap = async () => {
    const yes = await ask({
      title: plural(texts.unmapTitle, ids.length),
      body: [sayWith(texts.unmapBody)],
      yes: texts.unmap,
      danger: true,
    });
    if (yes) await act({ do: 'unmap', ids });
  };
  const exclude = async () => {
    const yes = await ask({
      title: plural(texts.excludeTitle, ids.length),
      body: [texts.excludeBody],
      yes: texts.exclude,
      reason: en.common.reason,
      until: true,
    });
    if (yes) await act({ do: 'exclude', ids, reason: yes.reason, until: yes.until });
  };
  return (
    <fieldset class="buttons bulk">
      <legend class="hidden">{plural(en.common.selected, ids.length)}</legend>
      <span class="quiet" aria-hidden="true">
        {plural(en.common.selected, ids.length)}
      </span>
      <Button small onClick={() => act({ do: 'confirm', ids }, texts.accepted[kind])}>
        {texts.accept}
      </Button>
      {children}
      <Button small onClick={unmap}>
        {texts.unmap}
      </Button>
      <Button small onClick={exclude}>
        {texts.exclude}
      </Button>
    </fieldset>
  );
}
