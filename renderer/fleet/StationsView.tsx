import { type FormEvent, useEffect, useState } from "react";
import type { ViewProps } from "./FleetScreen.tsx";
import styles from "./fleet.module.css";
import { orderStations, type Standing } from "./judge.ts";
import { QrCode } from "./QrCode.tsx";
import { StationCard } from "./StationCard.tsx";
import { StationTable } from "./StationTable.tsx";
import { sayCode } from "./words.ts";

/** Ages on the page are counted on at this pace, in milliseconds. */
const TICK = 5_000;
const STANDINGS: readonly Standing[] = ["good", "attention", "bad", "none"];

export function StationsView(props: ViewProps) {
	const { state, tell, say } = props;
	const { picture, cameAt, filter, chosen } = state;
	const now = picture.time + Math.max(0, useNow() - cameAt);
	const shown = orderStations(picture, now, filter);
	const all = filter === "" ? shown : orderStations(picture, now, "");
	const open = all.find(({ station }) => station.id === chosen);

	return (
		<main className={styles.stations} data-open={open !== undefined}>
			<section className={styles.list}>
				<div className={styles.tools}>
					<ul className={styles.sums}>
						{STANDINGS.map((standing) => (
							<li key={standing} data-standing={standing}>
								<strong>{all.filter(({ judgement }) => judgement.standing === standing).length}</strong>{" "}
								{say(`standing.${standing}`)}
							</li>
						))}
					</ul>
					<label className={styles.search}>
						<span className={styles.unseen}>{say("filter")}</span>
						<input
							type="search"
							value={filter}
							placeholder={say("filter")}
							onChange={(event) => tell({ type: "filter", filter: event.currentTarget.value })}
						/>
					</label>
					<NewStation {...props} />
				</div>
				<StationTable {...props} shown={shown} now={now} narrow={open !== undefined} />
			</section>
			{open !== undefined && <StationCard {...props} {...open} now={now} />}
		</main>
	);
}

/** A site that has no station yet gets its first code here; the card of a station makes another one. */
function NewStation({ state, fleet, say, tell }: ViewProps) {
	const [site, setSite] = useState("");
	const { code, said } = state;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (site.trim() === "") return;
		void fleet.makeCode(site.trim());
		setSite("");
	};
	return (
		<form className={styles.newStation} onSubmit={submit}>
			<label className={styles.search}>
				<span className={styles.unseen}>{say("newSite")}</span>
				<input
					value={site}
					placeholder={say("newSite")}
					maxLength={64}
					pattern="[a-z0-9][a-z0-9\-]*"
					title={say("siteHint")}
					autoComplete="off"
					spellCheck={false}
					required
					onChange={(event) => setSite(event.currentTarget.value)}
				/>
			</label>
			<button type="submit" className={styles.primary}>
				{say("makeCode")}
			</button>
			{said !== null && !said.good && state.chosen === null && (
				<p role="alert" className={styles.refusal}>
					{sayCode(say, "refused", said.code)}
				</p>
			)}
			{code !== null && <MadeCode {...code} say={say} close={() => tell({ type: "code", code: null })} />}
		</form>
	);
}

/** The code to read out, and as the picture that a scanner at the station's set-up page types. */
function MadeCode({ site, code, say, close }: { site: string; code: string; say: ViewProps["say"]; close(): void }) {
	return (
		<div className={styles.code} role="status">
			<div>
				<p>
					<span>{say("codeFor", { site })}</span> <strong className={styles.madeCode}>{code}</strong>
				</p>
				<p className={styles.hint}>{say("codeHint")}</p>
				<code>
					paihao enrol --data DIR --server {location.origin} --code {code}
				</code>
			</div>
			<QrCode text={`${location.origin}#${code.replaceAll("-", "")}`} label={say("codePicture")} />
			<button type="button" className={styles.quiet} onClick={close}>
				{say("close")}
			</button>
		</div>
	);
}

function useNow(): number {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = window.setInterval(() => setNow(Date.now()), TICK);
		return () => window.clearInterval(timer);
	}, []);
	return now;
}
