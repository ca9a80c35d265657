import { wizardTexts } from './en-wizard.ts';

const reasons: Readonly<Record<string, string | undefined>> = wizardTexts.picker.reasons;

/** Why something is suggested, in words; a reason without words of ours is shown as it came. */
export const reasonText = (reason: string): string => reasons[reason] ?? reason;
