/** What a bookkeeper fills in on a line; amounts are decimal text. What is not given stays. */
export interface LineChange {
  description?: string;
  quantity?: string;
  unitAmount?: string;
  accountCode?: string;
  taxType?: string;
}

/**
 * What a person does on Xero's own pages, under the same rules as the API. Ids are those of documents, lines and
 * contacts; each function throws with Xero's words when the rules refuse.
 */
export interface Person {
  editLine(documentId: string, lineItemId: string, change: LineChange): void;
  deleteLine(documentId: string, lineItemId: string): void;
  addLine(documentId: string, line: LineChange): void;
  setReference(documentId: string, reference: string): void;
  setDate(documentId: string, dates: { date?: string; dueDate?: string }): void;
  setContact(documentId: string, contactId: string): void;
  submit(documentId: string): void;
  /** A missing due date is filled with the document's date, as the page's form does. */
  approve(documentId: string): void;
  backToDraft(documentId: string): void;
  void(documentId: string): void;
  remove(documentId: string): void;
  /** Everything due today by default, into the bank account. */
  pay(documentId: string, options?: { amount?: string; date?: string }): string;
  removePayment(paymentId: string): void;
  allocate(creditNoteId: string, invoiceId: string, amount?: string): void;
  createInvoice(
    tenantId: string,
    invoice: {
      contactId: string;
      reference?: string;
      date?: string;
      /** The organisation's own unless told. */
      currency?: string;
      lines: LineChange[];
    },
  ): string;
  /** Invoices that can still be changed, with their lines, the oldest first. */
  openInvoices(
    tenantId: string,
  ): { documentId: string; lines: { lineItemId: string; description: string }[] }[];
  /** Looks a contact up by what it is called, with or without its legal form; null where it is not used. */
  findContact(tenantId: string, name: string): string | null;
  /** The sales price that an item's page shows; null where it has none. */
  itemPrice(tenantId: string, itemId: string): string | null;
  addContact(tenantId: string, name: string): string;
  renameContact(contactId: string, name: string): void;
  archiveContact(contactId: string): void;
  restoreContact(contactId: string): void;
  archiveAccount(tenantId: string, code: string): void;
  /** The last locked day, or null for none. */
  setLockDate(tenantId: string, date: string | null): void;
  setEmailsADay(tenantId: string, count: number): void;
  /** Removes the app under Connected apps; without an id, every organisation. */
  disconnect(tenantId?: string): void;
  /** Presses Allow or Cancel for a request opened at /identity/connect/authorize; gives the address to follow. */
  consent(
    requestId: string,
    choice: { userId?: string; tenantId?: string; allow?: boolean },
  ): string;
}
