import type { View } from '../../api.ts';
import { day, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { reasonText } from '../../texts/suggestion.ts';
import { sayWith } from '../../texts/words.ts';

/** What says what a row is mapped to. */
export interface TargetRow {
  name: string;
  target: View.TargetView | null;
  suggestion: View.SuggestionView | null;
  excluded: { reason: string; until: string | null } | null;
  /** A fee needs no entry of its own: without one it goes with its product. */
  fee?: string | null;
}

/** What a row is mapped to, or what is suggested, marked until a person confirms it. */
export const TargetCell = ({
  row,
  accept,
  dismiss,
}: {
  row: TargetRow;
  accept: () => unknown;
  dismiss: () => unknown;
}) => (
  <div class="target">
    {row.target && (
      <span>
        {row.target.name} {row.target.archived && <Badge tone="bad">{texts.archived}</Badge>}
        <span class="block quiet small">{row.target.detail}</span>
      </span>
    )}
    {!row.target && row.suggestion && (
      <>
        <span class="suggested">
          <Icon name="spark" />
          <span>
            <em>{row.suggestion.targetName}</em>{' '}
            <span class="block quiet small">
              {say(texts.alike, { percent: String(row.suggestion.scorePercent) })}:{' '}
              {reasonText(row.suggestion.reason)}
            </span>
          </span>
        </span>
        <span class="buttons">
          <Button small needs="operator" onClick={accept}>
            {texts.accept}
            <span class="hidden"> {row.name}</span>
          </Button>
          <Button small kind="quiet" needs="operator" onClick={dismiss}>
            {texts.dismiss}
            <span class="hidden">: {row.name}</span>
          </Button>
        </span>
      </>
    )}
    {!row.target &&
      !row.suggestion &&
      (row.fee ? (
        <span class="quiet">{sayWith(texts.feeWithProduct)}</span>
      ) : (
        <Badge tone="asks">{texts.unmapped}</Badge>
      ))}
    {row.excluded && (
      <Badge>
        {say(texts.excluded, { reason: row.excluded.reason })}
        {row.excluded.until && ` ${say(texts.excludedUntil, { date: day(row.excluded.until) })}`}
      </Badge>
    )}
  </div>
);
