import type { FleetStation } from "../../protocol/fleet.ts";
import type { Fleet } from "./fleet.ts";
import type { Judgement } from "./judge.ts";
import type { Names } from "./names.ts";
import type { FleetEvent, Looking } from "./state.ts";
import type { FleetLanguage, Say } from "./words.ts";

/** What every view of the signed-in page is given. */
export interface ViewProps {
	state: Looking;
	tell(event: FleetEvent): void;
	fleet: Fleet;
	say: Say;
	language: FleetLanguage;
}

/** What the parts of a station's card are given. */
export interface StationCardProps extends ViewProps {
	station: FleetStation;
	judgement: Judgement;
	names: Names;
	now: number;
}
