import type { FleetStation } from "../../../protocol/api/fleet.ts";
import type { Fleet } from "../effects/fleet-effects.ts";
import type { FleetLanguage, Translate } from "../messages/messages.ts";
import type { Names } from "../state/catalogue-names.ts";
import type { Classification } from "../state/classify.ts";
import type { FleetEvent, Looking } from "../state/state.ts";

/** What every view of the signed-in page is given. */
export interface ViewProps {
	state: Looking;
	dispatch(event: FleetEvent): void;
	fleet: Fleet;
	t: Translate;
	language: FleetLanguage;
}

/** What the parts of a station's card are given. */
export interface StationCardProps extends ViewProps {
	station: FleetStation;
	classification: Classification;
	names: Names;
	now: number;
}
