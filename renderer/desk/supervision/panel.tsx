import type { ReactNode } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import type { Topic } from "../../../protocol/api/board.ts";
import type { StaffRole } from "../../../protocol/model/staff.ts";
import { ErrorLine } from "../components/error-line.tsx";
import type { ErrorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { SupervisionTranslate } from "./messages.ts";
import type { Supervisor } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import type { RequestState } from "./use-request.ts";

/** The props of every panel. */
export interface PanelProps {
	supervisor: Supervisor;
	/** The supervisor's own role. */
	role: StaffRole;
	siteName: string;
	/** The site's; undefined while its topics are not known. */
	timeZone: string | undefined;
	topics: readonly Topic[];
	/** Rises with every change at the station. */
	changed: number;
	messages: Messages;
	t: SupervisionTranslate;
	clock(instant: number): string;
	/** Shows whether an action was done, and returns its answer. */
	report<T>(answer: Answer<T>): Answer<T>;
	/** The error message of a failed request. */
	why(answer: Exclude<Answer<unknown>, { kind: "ok" }>): ErrorText;
}

interface ListProps<T> extends Pick<PanelProps, "messages" | "why"> {
	request: RequestState<T>;
	/** Headings of the columns. */
	columns: readonly string[];
	rows(value: T): ReactNode[];
	/** What to show in place of an empty table. */
	none: string;
}

/** A table of the station's answer. An error is shown above it, and the last good answer stays. */
export function List<T>({ request, columns, rows, none, messages, why }: ListProps<T>) {
	const { value, failure } = request;
	const shown = value === null ? null : rows(value);
	return (
		<>
			{failure !== null && (
				<p role="alert" className={styles.failure}>
					<ErrorLine error={why(failure)} />
				</p>
			)}
			{shown === null ? (
				failure === null && <p className={styles.empty}>{messages.t("loading")}</p>
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
