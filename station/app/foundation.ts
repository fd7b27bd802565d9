import type { Logger } from "pino";
import type { StationDatabase } from "../../db/station/open.ts";
import { readDiskSpace } from "../../lib/disk-space.ts";
import { openRandom } from "../../lib/random.ts";
import type { DiskSpace } from "../../protocol/model/disk.ts";
import type { NewId, SiteId, StationId } from "../../protocol/model/ids.ts";
import type { CatalogueFiles } from "../catalogue/read-catalogue-files.ts";
import type { TrustedClock } from "../clock/trusted-clock.ts";
import { type EventLog, openEventLog } from "../events/event-log.ts";
import { type EnrolmentStore, NOT_ENROLLED } from "../sync/enrolment/device-enrolment.ts";
import { openStreamRepository, type StreamRepository } from "../sync/stream-repository.ts";
import type { AssetPaths } from "./asset-paths.ts";
import { type ChangeSignal, createChangeSignal } from "./change-signal.ts";
import { openClockFile } from "./clock-file.ts";
import type { StationConfiguration } from "./configuration.ts";
import { openStationFolder } from "./data-folder.ts";
import { openEnrolmentStore, type Secrets } from "./secrets.ts";
import { openStationClock } from "./station-clock.ts";

/** What lies under every room: the data folder with its event log, the clock, new ids, and who hears of changes. */
export interface Foundation {
	configuration: StationConfiguration;
	files: AssetPaths;
	log: Logger;
	/** The catalogue that the program came with, or that was configured. */
	catalogueFiles: CatalogueFiles;
	database: StationDatabase;
	secrets: Secrets;
	eventLog: EventLog;
	streams: StreamRepository;
	site: SiteId;
	enrolmentStore: EnrolmentStore;
	/** The station's id at the server when it started; NOT_ENROLLED where it has none. */
	enrolledAs: StationId;
	trustedClock: TrustedClock;
	/** What trustedClock believes, UTC milliseconds. */
	clock(): number;
	/** True while the clock is in doubt: no day turns. */
	holdsDay(): boolean;
	newId: NewId;
	randomBytes(count: number): Uint8Array;
	changes: ChangeSignal;
	/** The space on the disk of the data folder. */
	readDisk(): DiskSpace | undefined;
}

export interface FoundationDeps {
	files: AssetPaths;
	log: Logger;
	catalogueFiles: CatalogueFiles;
	/** The machine's clock, UTC milliseconds. */
	wall(): number;
	uptime: (() => number) | undefined;
	/** Names the time since the machine was switched on. */
	boot: string | undefined;
}

/** Throws what openStationFolder throws. */
export function openFoundation(
	opened: AsyncDisposableStack,
	configuration: StationConfiguration,
	{ files, log, catalogueFiles, wall, uptime, boot }: FoundationDeps,
): Foundation {
	const { site } = configuration;
	const { database, secrets } = opened.adopt(openStationFolder(configuration, files.migrations), (folder) =>
		folder.close(),
	);
	const changes = createChangeSignal();
	const trustedClock = openStationClock({
		...{ database, catalogueFiles, wall, uptime, log },
		memory: boot === undefined ? undefined : openClockFile(configuration.data, boot),
		changed: changes.notify,
	});
	const { now: clock, holdsDay } = trustedClock;
	const { id: newId, bytes: randomBytes } = openRandom();
	return {
		...{ configuration, files, log, catalogueFiles, database, secrets, site },
		eventLog: openEventLog(database, { newId, streamId: newId(clock()), site, now: clock() }),
		streams: openStreamRepository(database, newId),
		enrolmentStore: openEnrolmentStore(configuration.data),
		enrolledAs: secrets.enrolment?.station ?? NOT_ENROLLED,
		...{ trustedClock, clock, holdsDay, newId, randomBytes, changes },
		readDisk: () => readDiskSpace(configuration.data),
	};
}
