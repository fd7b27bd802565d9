import type { ViewProps } from "./FleetScreen.tsx";
import { FACTS, type Fact, factsOf } from "./facts.ts";
import styles from "./fleet.module.css";
import type { orderStations } from "./judge.ts";

/** Beside the card of one station there is room for these; the card says the rest. */
const BESIDE_CARD: readonly Fact[] = ["heard", "queue"];
/** Rows on the page at once: who has more sites looks for one by its name. */
const MOST_ROWS = 300;

interface StationTableProps extends ViewProps {
	shown: ReturnType<typeof orderStations>;
	/** Whether one station's card stands beside it. */
	narrow: boolean;
	now: number;
}

export function StationTable({ state, tell, say, language, shown, now, narrow }: StationTableProps) {
	const columns = narrow ? BESIDE_CARD : FACTS;
	if (shown.length === 0) return <p className={styles.empty}>{say(state.filter === "" ? "none" : "noneFound")}</p>;
	return (
		<div className={styles.scroll}>
			<table className={styles.table}>
				<thead>
					<tr>
						{(["site", "standing", ...columns] as const).map((column) => (
							<th key={column} scope="col">
								{say(`column.${column}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{shown.slice(0, MOST_ROWS).map(({ station, judgement }) => {
						const { id, site, retiredAt } = station;
						const facts = factsOf(station, { say, language, now });
						const [gravest] = judgement.matters;
						return (
							<tr key={id} data-chosen={id === state.chosen}>
								<th scope="row">
									<button
										type="button"
										className={styles.site}
										aria-expanded={id === state.chosen}
										onClick={() => tell({ type: "chosen", station: id === state.chosen ? null : id })}
									>
										{site}
									</button>
								</th>
								<td>
									<span className={styles.standing} data-standing={judgement.standing}>
										{gravest !== undefined
											? say(`matter.${gravest}`)
											: say(
													judgement.standing === "none"
														? retiredAt !== null
															? "shutOutShort"
															: "notEnrolled"
														: "standing.good",
												)}
										{judgement.matters.length > 1 && ` +${judgement.matters.length - 1}`}
									</span>
								</td>
								{columns.map((fact) => (
									<td key={fact} className={styles.number}>
										{facts[fact]}
									</td>
								))}
							</tr>
						);
					})}
				</tbody>
			</table>
			{shown.length > MOST_ROWS && <p className={styles.empty}>{say("more", { count: shown.length - MOST_ROWS })}</p>}
		</div>
	);
}
