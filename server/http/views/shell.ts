import type { Role } from '../../domain/tenant.ts';

export interface ShellView {
  user: { id: string; name: string; role: Role };
  tenant: { name: string; marketplace: string };
  marketplaceConnected: boolean;
  systems: {
    id: string;
    name: string;
    words: { document: string; company: string; item: string; account: string };
    /** Where somebody makes invoices of our lines; null where ours are the invoices. */
    madeIn: string | null;
    inPlace: boolean;
  }[];
  connections: {
    id: string;
    systemId: string;
    name: string;
    state: 'active' | 'broken' | 'disconnected';
    paused: { by: string; at: string } | null;
    needs: number;
    settingsSaved: boolean;
    /** Whether this person may approve here and switch automatic on. */
    mayApprove: boolean;
    /** Whether a wrong mapping can be corrected since a day; not where the system invoices lines itself. */
    corrects: boolean;
  }[];
  /** Open the settings by itself: the connection was just made and its settings never saved. */
  openSettings: string | null;
}
