import type { View } from '../../api.ts';
import { clockTime, plural, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Moneys } from '../../parts/money.tsx';
import { en } from '../../texts/en.ts';

/** What waits by itself: why, how much, and when it tries again. */
export const Waiting = ({ of }: { of: View.DashboardView['waiting'] }) =>
  of.total === 0 ? null : (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{en.dashboard.waiting}</h2>
      <ul class="list">
        {of.rows.map((row, index) => (
          <li key={row.reason?.code ?? index}>
            <span>
              <strong class="block">{row.reason?.message ?? en.dashboard.waitingUnknown}</strong>
              <span class="quiet block">{row.reason?.next}</span>
              <span class="quiet">{plural(en.dashboard.count, row.count)} </span>
              {row.retryAt && (
                <Badge tone="waits">{say(en.triesAgain, { time: clockTime(row.retryAt) })}</Badge>
              )}
            </span>
            <Moneys of={row.money} />
          </li>
        ))}
      </ul>
    </section>
  );
