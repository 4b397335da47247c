import type { Context } from '../context';

type Mailer = NonNullable<Context['mailer']>;
type Mail = Parameters<Mailer['send']>[0];

/** What the people of the demo have been sent. */
export interface DemoMailbox {
  /** The way out for mail: it is kept here, and nothing leaves. */
  readonly mailer: Mailer;
  /** @returns the newest mail to an address, or null */
  readonly findMail: (address: string) => Mail | null;
  /** Puts what is shown into the folder of mail that was not sent. */
  readonly moveToFolder: () => Promise<void>;
}

/** How addresses of the demo behave. */
export interface DemoAddresses {
  /** The receiving server knows no such address. */
  readonly isDead: (address: string) => boolean;
  /** Its mail can be read in the folder afterwards; a mail of everybody would take long to write. */
  readonly isShown: (address: string) => boolean;
}

/**
 * Opens a mailbox for everybody in the demo. Its mail reaches the folder when the demo is there for good.
 * @param context the process' context
 * @param addresses how addresses behave
 * @returns the mailbox; null where mail of a demo would not land in a folder
 */
export function openMailbox({ mailer }: Context, { isDead, isShown }: DemoAddresses): DemoMailbox | null {
  if (mailer?.kind !== 'folder') return null;
  const kept: Mail[] = [];
  const byAddress = new Map<string, Mail>();
  const send = (mail: Mail): Promise<void> => {
    if (isShown(mail.to.address)) kept.push(mail);
    byAddress.set(mail.to.address, mail);
    return Promise.resolve();
  };
  return {
    mailer: {
      ...mailer,
      send,
      deliver: async (mail) => {
        if (isDead(mail.to.address)) return { kind: 'refused', code: 550, isAddressDead: true };
        await send(mail);
        return { kind: 'accepted', code: 250 };
      },
    },
    findMail: (address) => byAddress.get(address) ?? null,
    moveToFolder: async () => {
      for (const mail of kept) await mailer.send(mail);
    },
  };
}
