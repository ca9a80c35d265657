import type { View } from '../../api.ts';
import { instant } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Money } from '../../parts/money.tsx';
import { ask } from '../../state/ask.ts';
import { answerUnclear, dashboard } from '../../state/connection.ts';
import { settle } from '../../state/toasts.ts';
import { unclearTexts as texts } from '../../texts/en-unclear.ts';
import { sayWith } from '../../texts/words.ts';

/** Writes that nobody knows the outcome of: where to look, and two answers. */
export function Unclear() {
  const view = dashboard.state.value.value;
  if (!view) return null;
  return (
    <section class="card" aria-labelledby="unclear">
      <div class="head">
        <h2 id="unclear">{sayWith(texts.title)}</h2>
        <p class="quiet">{sayWith(texts.lead)}</p>
      </div>
      <ul class="list">
        {view.unclear.map((one) => (
          <li key={one.id}>
            <Row of={one} id={view.connection.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ of, id }: { of: View.UnclearView; id: string }) {
  const name = sayWith(texts.what[of.what], { number: of.lookAt });
  const answer = async (happened: boolean) => {
    const yes = await ask({
      title: name,
      body: [texts.sure[of.what]],
      yes: happened ? texts.happened : texts.absent,
      danger: !happened,
    });
    if (yes)
      await settle(answerUnclear(id, of.id, happened), texts.done, 'connection', 'tasks', 'run');
  };
  return (
    <div>
      <strong class="block">{name}</strong>
      <span class="quiet">{sayWith(texts.asked, { name: of.by, time: instant(of.at) })}</span>{' '}
      {of.amount && <Money of={of.amount} />}
      <span class="buttons">
        {of.url && (
          <a href={of.url} target="_blank" rel="noopener">
            {sayWith(texts.open)}
          </a>
        )}
        <Button small needs="operator" onClick={() => answer(true)}>
          {texts.happened}
          <span class="hidden">: {name}</span>
        </Button>
        <Button small needs="operator" onClick={() => answer(false)}>
          {texts.absent}
          <span class="hidden">: {name}</span>
        </Button>
      </span>
    </div>
  );
}
