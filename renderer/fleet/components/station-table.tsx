import shared from "../fleet.module.css";
import type { Names } from "../state/catalogue-names.ts";
import type { ClassifiedStation, Issue } from "../state/classify.ts";
import { FACTS, type Fact, factsOf, UNKNOWN } from "../state/station-fields.ts";
import styles from "./station-table.module.css";
import type { ViewProps } from "./view-props.ts";

/** Rows on the page at once. */
export const ROWS = 100;
/** Columns of numbers stand to the right. */
const NUMBERS: ReadonlySet<Fact> = new Set(["waiting", "serving", "counters", "unprinted", "unsent", "forks", "clock"]);
/** In which column a matter is marked. */
const MARKED: Readonly<Partial<Record<Issue, Fact>>> = {
	silent: "heard",
	printer: "printer",
	paper: "paper",
	unprinted: "unprinted",
	unsent: "unsent",
	fork: "forks",
	catalogue: "catalogue",
	clock: "clock",
};

interface StationTableProps extends ViewProps {
	shown: readonly ClassifiedStation[];
	names: Names;
	now: number;
}

export function StationTable({ state, dispatch, t, language, shown, names, now }: StationTableProps) {
	if (shown.length === 0)
		return <p className={shared.empty}>{t(state.picture.stations.length === 0 ? "none" : "noneFound")}</p>;
	const pages = Math.ceil(shown.length / ROWS);
	const page = Math.min(state.page, pages - 1);
	const from = page * ROWS;
	const rows = shown.slice(from, from + ROWS);
	return (
		<div className={styles.frame}>
			<div className={styles.scroll}>
				<table className={styles.table}>
					<thead>
						<tr>
							<th scope="col">{t("column.site")}</th>
							<th scope="col">{t("column.standing")}</th>
							{FACTS.map((column) => (
								<th key={column} scope="col" data-column={column} data-number={NUMBERS.has(column)}>
									{t(`column.${column}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ station, classification }) => {
							const { id, site, revokedAt } = station;
							const facts = factsOf(station, { t, language, now });
							const [gravest] = classification.issues;
							const name = names.site(site);
							const marked = new Set(classification.issues.flatMap((matter) => MARKED[matter] ?? []));
							const stateOf = (matter: Issue | undefined) => {
								// Which fault it is says more than that there is one.
								if (matter === "printer") return facts.printer;
								if (matter !== undefined) return t(`matter.${matter}`);
								if (classification.severity !== "none") return t("standing.good");
								return t(revokedAt !== null ? "shutOutShort" : "notEnrolled");
							};
							return (
								<tr key={id} data-chosen={id === state.chosen}>
									<th scope="row">
										<button
											type="button"
											className={styles.site}
											aria-expanded={id === state.chosen}
											onClick={() => dispatch({ type: "chosen", station: id === state.chosen ? null : id })}
										>
											{name ?? site}
										</button>
										{name !== undefined && <span className={styles.slug}>{site}</span>}
									</th>
									<td>
										<span className={styles.standing} data-standing={classification.severity}>
											{stateOf(gravest)}
											{classification.issues.length > 1 && ` +${classification.issues.length - 1}`}
										</span>
									</td>
									{FACTS.map((fact) => (
										<td
											key={fact}
											data-column={fact}
											data-number={NUMBERS.has(fact)}
											data-marked={marked.has(fact)}
											data-nothing={facts[fact] === "0" || facts[fact] === UNKNOWN}
										>
											{facts[fact]}
										</td>
									))}
								</tr>
							);
						})}
					</tbody>
				</table>
			</div>
			{pages > 1 && (
				<nav className={styles.pages} aria-label={t("pages")}>
					<span>{t("rows", { from: from + 1, to: from + rows.length, count: shown.length })}</span>
					<button
						type="button"
						className={shared.quiet}
						aria-disabled={page === 0}
						onClick={() => page > 0 && dispatch({ type: "page", page: page - 1 })}
					>
						{t("pageBefore")}
					</button>
					<button
						type="button"
						className={shared.quiet}
						aria-disabled={page === pages - 1}
						onClick={() => page < pages - 1 && dispatch({ type: "page", page: page + 1 })}
					>
						{t("pageNext")}
					</button>
				</nav>
			)}
		</div>
	);
}
