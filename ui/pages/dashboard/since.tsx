import type { View } from '../../api.ts';
import { plural } from '../../i18n.ts';
import { LinkButton } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { href } from '../../router.ts';
import { words } from '../../state/shell.ts';
import { en } from '../../texts/en.ts';

/** What was written since the last visit, by whom, in total. */
export function Since({ of }: { of: View.DashboardView['writtenSince'] }) {
  const facts = { document: words.value.document };
  return (
    <section class="card" aria-labelledby="since">
      <h2 id="since">{of.at ? en.dashboard.since : en.dashboard.sinceFirst}</h2>
      {of.documents === 0 ? (
        <p class="quiet">{en.dashboard.sinceNone}</p>
      ) : (
        <>
          <p class="big">
            <Moneys of={of.money} />
          </p>
          <p class="quiet">
            {plural(en.dashboard.documents, of.documents, facts)},{' '}
            {plural(en.dashboard.lines, of.lines)}
          </p>
          <ul class="list">
            {of.by.map(({ name, documents, money }) => (
              <li key={name}>
                <span>
                  {name}{' '}
                  <span class="quiet">{plural(en.dashboard.documents, documents, facts)}</span>
                </span>
                <Moneys of={money} />
              </li>
            ))}
          </ul>
        </>
      )}
      <LinkButton small kind="quiet" to={href(['log'], { action: 'written' })}>
        {en.shell.log}
      </LinkButton>
    </section>
  );
}
