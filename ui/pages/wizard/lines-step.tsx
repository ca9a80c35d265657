import { PlanTable } from '../../parts/plan-table.tsx';
import { edited, type Work } from '../../state/wizard.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

/** Every line, its explanation, and the document before and after. */
export const LinesStep = ({ of }: { of: Work }) => (
  <>
    <h2>{wizardTexts.lines.title}</h2>
    {of.preview.plans.map((plan) => (
      <div key={plan.ref} class="block-of">
        <h3>
          {plan.customerName} · {plan.target.number ?? sayWith(wizardTexts.document.new)}
        </h3>
        <PlanTable
          plan={plan}
          onEdit={(line) => {
            edited.value = line;
          }}
        />
      </div>
    ))}
  </>
);
