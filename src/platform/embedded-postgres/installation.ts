import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of the database's owner, whose password lies beside the data. */
export const ownerName = 'barometer';

const containerName = 'postgres';

const installationSchema = z.object({ postgres: z.string(), major: z.int(), port: z.int() });

/** What is kept about a cluster beside its data: the exact version that made it and the port it was last started on. */
export type Installation = z.infer<typeof installationSchema>;

/** The paths of one cluster. */
export interface ClusterPaths {
  /** Folder of everything below. */
  readonly container: string;
  /** The data folder of Postgres. */
  readonly data: string;
  readonly passwordFile: string;
  readonly installationFile: string;
  readonly logFile: string;
}

/**
 * Names the paths of a cluster.
 * @param container absolute path of the cluster's folder, which need not exist
 * @returns absolute paths
 */
export function listPaths(container: string): ClusterPaths {
  return {
    container,
    data: join(container, 'cluster'),
    passwordFile: join(container, 'password'),
    installationFile: join(container, 'installation.json'),
    logFile: join(container, 'postgres.log'),
  };
}

/**
 * Names the paths of the cluster in a data folder.
 * @param dataDirectory absolute path
 * @returns absolute paths, which need not exist
 */
export function locateCluster(dataDirectory: string): ClusterPaths {
  return listPaths(join(dataDirectory, containerName));
}

/**
 * Reads what is kept about a cluster.
 * @param paths the cluster's paths
 * @returns its installation, undefined when there is no cluster yet
 */
export function readInstallation(paths: ClusterPaths): Installation | undefined {
  if (!existsSync(paths.installationFile)) return undefined;
  return installationSchema.parse(JSON.parse(readFileSync(paths.installationFile, 'utf8')));
}

/**
 * Writes what is kept about a cluster, in one step.
 * @param paths the cluster's paths
 * @param installation the new content
 */
export function writeInstallation(paths: ClusterPaths, installation: Installation): void {
  const unfinished = `${paths.installationFile}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(installation)}\n`);
  renameSync(unfinished, paths.installationFile);
}
