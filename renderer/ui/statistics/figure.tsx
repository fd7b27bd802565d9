import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Draw } from "./plots.ts";
import styles from "./statistics.module.css";

interface FigureProps {
	/** What is found in it. */
	title: string;
	/** What is drawn. */
	hint: string;
	/** Null where there is too little to draw. */
	draw: Draw | null;
	/** The button that opens the table. */
	tableLabel: string;
	columns: readonly string[];
	rows: readonly (readonly ReactNode[])[];
}

/** A picture whose title says the finding, with its table behind it: the table has everything that the picture shows. */
export function Figure({ title, hint, draw, tableLabel, columns, rows }: FigureProps) {
	const id = useId();
	return (
		<figure className={styles.figure} aria-labelledby={id}>
			<figcaption>
				<h3 id={id}>{title}</h3>
				<p>{hint}</p>
			</figcaption>
			{draw && <Picture draw={draw} />}
			{rows.length > 0 && (
				<details>
					<summary>{tableLabel}</summary>
					<div className={styles.tableBox}>
						<table>
							<thead>
								<tr>
									{columns.map((column) => (
										<th key={column} scope="col">
											{column}
										</th>
									))}
								</tr>
							</thead>
							<tbody>
								{rows.map(([first, ...cells], row) => (
									// biome-ignore lint/suspicious/noArrayIndexKey: rows and cells have no identity but their place.
									<tr key={row}>
										<th scope="row">{first}</th>
										{cells.map((cell, place) => (
											// biome-ignore lint/suspicious/noArrayIndexKey: as above.
											<td key={place}>{cell}</td>
										))}
									</tr>
								))}
							</tbody>
						</table>
					</div>
				</details>
			)}
		</figure>
	);
}

/** Hidden from screen readers: title and table say it. */
function Picture({ draw }: { draw: Draw }) {
	const place = useRef<HTMLDivElement>(null);
	useEffect(() => {
		let isOver = false;
		void import("@observablehq/plot").then((plot) => {
			if (isOver || place.current === null) return;
			const drawn = plot.plot(draw(plot));
			// Its own style sheet inside the picture is one that our content policy forbids; ours has the same.
			drawn.querySelector("style")?.remove();
			place.current.replaceChildren(drawn);
		});
		return () => {
			isOver = true;
		};
	}, [draw]);
	return <div ref={place} className={styles.picture} aria-hidden="true" />;
}
