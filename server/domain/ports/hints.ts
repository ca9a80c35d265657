/**
 * What a system says by itself when something changed there. It is a hint and never data: what changed
 * is read from the system as ever.
 */
export interface Hints {
  /** The header that has the signature of the body. */
  header: string;
  /**
   * The accounts in which something changed, each once; null where the signature is not the one that
   * `key` gives over exactly these bytes.
   */
  read(call: { body: Uint8Array; signature: string | null; key: string }): readonly string[] | null;
}

/**
 * Where a system calls an address that we register with it, one for each connection. Its word is a hint as
 * well. It is signed with a key that the body says where to find.
 */
export interface CallbackFormat {
  /** The header that has the signature of the body. */
  header: string;
  /** Where the body says that its key is; null where it says nothing that could be one. */
  keyAddress(body: Uint8Array): string | null;
  /** Whether the signature is the one that the key gives over exactly these bytes. */
  isSigned(call: { body: Uint8Array; signature: string | null; key: string }): boolean;
}

/** The registrations of one connection. Throws `system.*`. */
export interface Callbacks {
  /** What is registered for addresses that begin so. */
  list(base: string): Promise<{ id: string; url: string; topic: string }[]>;
  /** Everything that the connection wants to hear of; what is registered is left. */
  topics: readonly string[];
  register(url: string, topic: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The key at the address; throws `system.answer` for one that is not on the connection's own host. */
  key(address: string): Promise<string>;
}
