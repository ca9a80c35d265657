import type { ExportField, Settings } from '../../domain/settings.ts';

export interface SettingsView {
  settings: Settings;
  saved: boolean;
  systemName: string;
  choices: {
    accounts: { code: string; name: string }[];
    taxRates: { type: string; name: string; rate: string }[];
    tracking: { id: string; name: string; options: { id: string; name: string }[] }[];
    themes: { id: string; name: string }[];
    documentTypes: { id: string; name: string }[];
  };
  capabilities: {
    sends: boolean;
    tracking: boolean;
    themes: boolean;
    /** Each charge is a line of an invoice, in whatever currency. */
    lines: boolean;
    exports: readonly ExportField[];
    /** Its open opportunities are read, with the document in a field that the setting names. */
    quotes: boolean;
    userLists: boolean;
  };
  /** Warnings that stay until answered, such as no default account. */
  warnings: { field: keyof Settings; code: string }[];
}
export type { Settings };
