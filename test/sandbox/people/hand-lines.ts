/** Lines that a person opens for a customer of theirs, on a document that is billed every so many months. */
export interface HandLines {
  /** What the document is called. */
  name: string;
  /** The first day that is billed. */
  from: string;
  months: number;
  lines: readonly { text: string; quantity: string; unitPrice: string }[];
}
