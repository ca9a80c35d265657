import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { number, price, say } from '../i18n.ts';
import { wizardTexts } from '../texts/en-wizard.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Explanation } from './explanation.tsx';
import { Money } from './money.tsx';
import { NeedList } from './need-list.tsx';
import { Table } from './table.tsx';
import { WarningList } from './warning-list.tsx';

const texts = wizardTexts.lines;

/** The lines of one plan, what stands there already, and before and after. */
export function PlanTable({
  plan,
  onEdit,
}: {
  plan: View.PlanView;
  onEdit?: (line: View.PlanLineView) => void;
}) {
  const explained = useSignal<string | null>(null);
  return (
    <>
      <NeedList needs={plan.needs} />
      <WarningList warnings={plan.warnings} />
      <Table
        caption={say(texts.caption, { name: plan.customerName })}
        rows={plan.lines}
        rowId={({ chargeKey }) => chargeKey}
        rowName={({ description }) => description}
        columns={[
          {
            id: 'text',
            head: texts.description,
            kind: 'main',
            cell: (line) => (
              <>
                <span class="block">{line.description}</span>
                <span class="quiet small">{line.orderNumber}</span>{' '}
                {line.priceFrom === 'person' && <Badge tone="accent">{texts.edited}</Badge>}
                {explained.value === line.chargeKey && <Explanation line={line} />}
              </>
            ),
          },
          {
            id: 'price',
            head: texts.quantityPrice,
            cell: (line) => (
              <span class="quiet nowrap">
                {number(line.quantity)} × {price(line.unitPrice)}
                {line.discount &&
                  ` − ${number(line.discount.value)}${line.discount.kind === 'percent' ? ' %' : ''}`}
              </span>
            ),
          },
          {
            id: 'account',
            head: texts.accountTax,
            cell: (line) => (
              <span class="quiet">
                {line.accountCode ?? texts.noAccount}
                {line.taxType && ` · ${line.taxType}`}
              </span>
            ),
          },
          {
            id: 'amount',
            head: texts.amount,
            kind: 'end',
            cell: (line) => <Money of={line.amount} />,
          },
          {
            id: 'act',
            head: texts.actions,
            kind: 'act',
            cell: (line) => (
              <span class="buttons">
                <Button
                  small
                  kind="quiet"
                  icon="info"
                  label={say(texts.explain, { name: line.description })}
                  pressed={explained.value === line.chargeKey}
                  onClick={() => {
                    explained.value = explained.value === line.chargeKey ? null : line.chargeKey;
                  }}
                >
                  {texts.explainShort}
                </Button>
                {onEdit && (
                  <Button
                    small
                    kind="quiet"
                    icon="edit"
                    needs="operator"
                    label={say(texts.edit, { name: line.description })}
                    onClick={() => onEdit(line)}
                  >
                    {texts.editShort}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {plan.existing.length > 0 && <Existing plan={plan} />}
      <dl class="sums">
        <div>
          <dt>{texts.before}</dt>
          <dd>
            <Money of={plan.before} />
          </dd>
        </div>
        <div>
          <dt>{texts.added}</dt>
          <dd>
            <Money of={plan.added} />
          </dd>
        </div>
        <div class="total">
          <dt>{texts.after}</dt>
          <dd>
            <Money of={plan.after} />
          </dd>
        </div>
      </dl>
    </>
  );
}

const Existing = ({ plan }: { plan: View.PlanView }) => (
  <details>
    <summary>{say(texts.existing, { count: String(plan.existing.length) })}</summary>
    <ul class="list">
      {plan.existing.map((line) => (
        <li key={`${line.description} ${line.amount.amount}`}>
          <span>
            {line.description} <Badge>{line.ours ? texts.ours : texts.foreign}</Badge>
          </span>
          <Money of={line.amount} />
        </li>
      ))}
    </ul>
  </details>
);
