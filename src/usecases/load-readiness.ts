import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectFieldworkCounts } from '../db/fieldwork-counts';
import { selectStrata } from '../db/frames';
import { selectWaveMembers } from '../db/wave-members';
import { selectOptionalWavePrivacy, selectOrganisationPrivacy } from '../db/wave-privacy';
import type { Wave } from '../db/waves';
import { listOrganisationGaps, listWaveGaps } from '../domain/fieldwork/privacy';
import { checkClosing, checkOpening, checkRelease, type ReadinessCheck } from '../domain/fieldwork/readiness';
import { toDate } from '../domain/fieldwork/wave-state';
import { listIncompleteLanguages } from '../domain/instrument/incomplete-languages';
import { judgeChoice, loadPeerSource } from './load-peer-groups';

/**
 * Looks at what is there and what is missing before the next step of a wave.
 * @param context the process' context
 * @param db the database or a transaction
 * @param wave the wave
 * @returns lines before opening, closing or releasing; none for a released wave
 */
export async function loadReadiness(context: Context, db: Database, wave: Wave): Promise<readonly ReadinessCheck[]> {
  if (wave.state === 'draft') return loadOpening(context, db, wave);
  if (wave.state === 'released') return [];
  const facts = {
    today: toDate(context.now()),
    closesOn: wave.closesOn,
    targetResponseRate: wave.targetResponseRate,
    minimumCellSize: wave.policy.minimumCellSize,
    ...(await countAnswers(db, wave)),
  };
  return wave.state === 'open' ? checkClosing(facts) : checkRelease(facts);
}

async function countAnswers(db: Database, wave: Wave): Promise<{ invited: number; answered: number }> {
  const counts =
    wave.state === 'open'
      ? await selectFieldworkCounts(db, wave.id)
      : (await selectStrata(db, wave.id)).map(({ invitedCount, respondentCount }) => {
          return { invited: invitedCount, answered: respondentCount };
        });
  return {
    invited: counts.reduce((sum, { invited }) => sum + invited, 0),
    answered: counts.reduce((sum, { answered }) => sum + answered, 0),
  };
}

async function loadOpening(context: Context, db: Database, wave: Wave): Promise<readonly ReadinessCheck[]> {
  const instrument = await context.instruments.load(db, wave.instrumentVersionId);
  const members = await selectWaveMembers(db, wave.id);
  const privacy = await selectOptionalWavePrivacy(db, wave.id);
  const parts = await selectOrganisationPrivacy(db, wave.id);
  return checkOpening({
    today: toDate(context.now()),
    incompleteLanguages: listIncompleteLanguages(instrument),
    members: members.map((member) => ({
      ...member,
      hasPrivacyGaps: listOrganisationGaps(parts.get(member.organisationId) ?? null).length > 0,
    })),
    testMail: context.mailer === null ? null : { receivedOn: wave.testMailReceivedOn },
    waveGaps: listWaveGaps(privacy),
    opensOn: wave.opensOn,
    closesOn: wave.closesOn,
    retentionDays: wave.retentionDays,
    uselessPeers: await listUselessPeers(db, wave),
  });
}

/** Groups that were asked for and cannot be shown, as "basis=value"; null when none were asked for. */
async function listUselessPeers(db: Database, wave: Wave): Promise<readonly string[] | null> {
  const judged = judgeChoice(await loadPeerSource(db, wave));
  if (judged.length === 0) return null;
  return judged.filter(({ verdict }) => verdict !== 'used').map(({ group }) => `${group.basis}=${group.value}`);
}
