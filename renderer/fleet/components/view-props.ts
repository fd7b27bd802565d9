import type { FleetStation } from "../../../protocol/api/fleet.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Fleet } from "../effects/fleet-effects.ts";
import type { Translate } from "../messages/messages.ts";
import type { Names } from "../state/catalogue-names.ts";
import type { Classification } from "../state/classify.ts";
import type { FleetEvent, SignedIn } from "../state/state.ts";

/** The props of every screen after sign-in. */
export interface ViewProps {
	state: SignedIn;
	dispatch(event: FleetEvent): void;
	fleet: Fleet;
	t: Translate;
	language: StaffLanguage;
}

/** The props of the parts of a station's card. */
export interface StationCardProps extends ViewProps {
	station: FleetStation;
	classification: Classification;
	names: Names;
	now: number;
}
