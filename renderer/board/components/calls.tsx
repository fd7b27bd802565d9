import type { BoardCall } from "../../../protocol/api/board.ts";
import styles from "../board.module.css";
import { callsToShow, layoutOf, type Orientation } from "../state/board-layout.ts";
import { CallRow } from "./call-row.tsx";

interface CallsProps {
	calls: readonly BoardCall[];
	newCalls: ReadonlySet<string>;
	orientation: Orientation;
	/** Rises by one with each turn of the calls that do not fit. */
	turn: number;
}

/** Every open call. Where there are more than fit, they take turns, and the last cell says how many are not shown now. */
export function Calls({ calls, newCalls, orientation, turn }: CallsProps) {
	const shown = callsToShow(calls, turn);
	const hiddenCount = calls.length - shown.length;
	const { columns, hasLowRows, rows } = layoutOf(shown.length + (hiddenCount > 0 ? 1 : 0), orientation);
	return (
		<ol
			className={styles.calls}
			data-single={shown.length === 1}
			data-columns={columns}
			data-low-rows={hasLowRows}
			style={{ gridTemplateRows: rows }}
		>
			{shown.map((call) => (
				<CallRow key={call.call} call={call} isNew={newCalls.has(call.call)} />
			))}
			{hiddenCount > 0 && <li className={styles.more}>+{hiddenCount}</li>}
		</ol>
	);
}
