import type { Logger } from "pino";
import { UserError } from "../../lib/errors.ts";
import type { StationEnrolmentRequest } from "../../protocol/api/station-enrolment.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import type { InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import { Refusal } from "../refusal.ts";
import type { EnrolmentStore } from "../sync/enrolment/device-enrolment.ts";
import { enrolStation } from "../sync/enrolment/enrol-station.ts";
import type { StreamRepository } from "../sync/stream-repository.ts";
import type { Sync } from "../sync/sync.ts";

export interface EnrolFromDeskDeps {
	store: EnrolmentStore;
	streams: StreamRepository;
	site: SiteId;
	sync: Pick<Sync, "enrolled">;
	clock(): number;
	inherit(settings: InheritedSettings): void;
	log: Logger;
}

/** Enrols the running station when a supervisor asks for it. Rejects with Refusal ENROLMENT_FAILED. */
export function enrolFromDesk(deps: EnrolFromDeskDeps): (request: StationEnrolmentRequest) => Promise<void> {
	const { store, streams: log, site, clock, inherit } = deps;
	return async (request) => {
		try {
			const { server } = await enrolStation({ store, log, clock, inherit }, { ...request, site });
			deps.log.info({ server }, "station.enrolled");
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			throw new Refusal("ENROLMENT_FAILED", { reason: error.code, message: error.message });
		}
		deps.sync.enrolled();
	};
}
