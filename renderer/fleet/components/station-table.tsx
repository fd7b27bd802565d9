import shared from "../fleet.module.css";
import type { Names } from "../state/catalogue-names.ts";
import type { ClassifiedStation, Issue } from "../state/classify.ts";
import { FIELDS, type Field, fieldsOf, UNKNOWN } from "../state/station-fields.ts";
import styles from "./station-table.module.css";
import type { ViewProps } from "./view-props.ts";

/** Rows on the page at once. */
const ROWS = 100;
/** Columns of numbers, aligned to the right. */
const NUMBERS: ReadonlySet<Field> = new Set([
	"waiting",
	"serving",
	"counters",
	"unprinted",
	"unsent",
	"forks",
	"clock",
	"disk",
]);
/** The column that each issue highlights. */
const MARKED: Readonly<Partial<Record<Issue, Field>>> = {
	offline: "lastSeen",
	printer: "printer",
	paper: "paper",
	unprinted: "unprinted",
	unsent: "unsent",
	"runs-twice": "forks",
	fork: "forks",
	catalogue: "catalogue",
	clock: "clock",
	disk: "disk",
	"disk-full": "disk",
};

interface StationTableProps extends ViewProps {
	shown: readonly ClassifiedStation[];
	names: Names;
	now: number;
}

export function StationTable({ state, dispatch, t, language, shown, names, now }: StationTableProps) {
	if (shown.length === 0)
		return <p className={shared.empty}>{t(state.snapshot.stations.length === 0 ? "none" : "noneFound")}</p>;
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
							<th scope="col">{t("column.severity")}</th>
							{FIELDS.map((column) => (
								<th key={column} scope="col" data-column={column} data-number={NUMBERS.has(column)}>
									{t(`column.${column}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ station, classification }) => {
							const { id, site, revokedAt } = station;
							const fields = fieldsOf(station, { t, language, now });
							const [worst] = classification.issues;
							const name = names.site(site);
							const marked = new Set(classification.issues.flatMap((issue) => MARKED[issue] ?? []));
							const stateOf = (issue: Issue | undefined) => {
								// The kind of fault says more than that there is one.
								if (issue === "printer") return fields.printer;
								if (issue !== undefined) return t(`issue.${issue}`);
								if (classification.severity !== "none") return t("severity.good");
								return t(revokedAt !== null ? "revokedShort" : "notEnrolled");
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
										<span className={styles.severity} data-severity={classification.severity}>
											{stateOf(worst)}
											{classification.issues.length > 1 && ` +${classification.issues.length - 1}`}
										</span>
									</td>
									{FIELDS.map((field) => (
										<td
											key={field}
											data-column={field}
											data-number={NUMBERS.has(field)}
											data-marked={marked.has(field)}
											data-nothing={fields[field] === "0" || fields[field] === UNKNOWN}
										>
											{fields[field]}
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
