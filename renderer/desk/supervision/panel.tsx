import type { ReactNode } from "react";
import type { Topic } from "../../../protocol/api/board.ts";
import type { Answer } from "../effects/station-client.ts";
import type { Messages } from "../messages/messages.ts";
import type { SupervisionTranslate } from "./messages.ts";
import type { Supervisor } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import type { Asked } from "./use-request.ts";

/** What every panel is given. */
export interface PanelProps {
	supervisor: Supervisor;
	topics: readonly Topic[];
	changed: number;
	messages: Messages;
	t: SupervisionTranslate;
	clock(instant: number): string;
	/** Tells what came of an act, and gives its answer on. */
	dispatch<T>(answer: Answer<T>): Answer<T>;
	/** The sentence of an answer that was none. */
	why(answer: Exclude<Answer<unknown>, { kind: "ok" }>): string;
}

interface ListProps<T> extends Pick<PanelProps, "messages" | "why"> {
	asked: Asked<T>;
	/** Headings of the columns. */
	columns: readonly string[];
	/** The rows of an answer; where there are none, `none` is said. */
	rows(value: T): ReactNode[];
	none: string;
}

/** A table of what the station answered; what went wrong stands above it, and the last good answer stays. */
export function List<T>({ asked, columns, rows, none, messages, why }: ListProps<T>) {
	const { value, trouble } = asked;
	const shown = value === null ? null : rows(value);
	return (
		<>
			{trouble !== null && (
				<p role="alert" className={styles.trouble}>
					{why(trouble)}
				</p>
			)}
			{shown === null ? (
				trouble === null && <p className={styles.empty}>{messages.t("loading")}</p>
			) : shown.length === 0 ? (
				<p className={styles.empty}>{none}</p>
			) : (
				<table className={styles.table}>
					<thead>
						<tr>
							{columns.map((column) => (
								<th key={column} scope="col">
									{column}
								</th>
							))}
						</tr>
					</thead>
					<tbody>{shown}</tbody>
				</table>
			)}
		</>
	);
}
