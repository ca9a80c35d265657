import type { View } from '../api.ts';
import { day } from '../i18n.ts';
import { wizardTexts } from '../texts/en-wizard.ts';
import { sayWith } from '../texts/words.ts';
import { Notice } from './states.tsx';

/** What does not hold a plan back but should be known before it is written. */
export const WarningList = ({ warnings }: { warnings: View.PlanView['warnings'] }) => (
  <>
    {warnings.map(({ code, facts }) => (
      <Notice key={code} tone="asks">
        <p>{sayWith(texts[code] ?? wizardTexts.lines.warnings.other, { ...dated(facts), code })}</p>
      </Notice>
    ))}
  </>
);

const texts: Readonly<Record<string, string | undefined>> = wizardTexts.lines.warnings;

const isDate = /^\d{4}-\d{2}-\d{2}$/;
const dated = (facts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, isDate.test(value) ? day(value) : value]),
  );
