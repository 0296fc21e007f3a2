//! The fault matrix: every call that a request makes to AWS, with every fault.
//!
//! The calls are discovered, not listed. Each request is made once without a fault, and
//! then once for each of its calls and each possible fault. Calls that are made only
//! after another one has failed get their faults too. The results are docs/faults.md;
//! `UPDATE_DOCS=1 cargo test -p readonce-tests --test api matrix` rewrites it.

mod document;
mod judge;
mod log;
mod scenario;
mod scene;
mod weather;

use readonce_http::routes::{self, ROUTES};
use readonce_tests::faults::{Fault, Weather};
use readonce_tests::stage::in_paused_time;
use readonce_tests::wire::Call;
use scenario::{Kind, SCENARIOS};
use scene::{Played, Scene, Strike};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A request, with its faults.
#[derive(Clone, Debug)]
struct Cell {
    scenario: usize,
    strikes: Vec<Strike>,
    weather: Option<Weather>,
}

/// Cells with their results, in a fixed order.
type Results = Vec<(Cell, Played)>;

#[test]
fn no_fault_reveals_a_secret_twice_loses_it_or_leaves_it_half_done() {
    let calm = |scenario| Cell { scenario, strikes: Vec::new(), weather: None };
    let clean = play((0..SCENARIOS.len()).map(calm).collect());
    let once = play(clean.iter().flat_map(|(cell, played)| struck(cell, &sites(&played.calls))).collect());
    let again = play(consequences(&clean, &once));
    assert_all_is_well(clean.iter().chain(&once).chain(&again));
    document::assert_is_committed(&clean, &once, &again);
}

/// All answers are late at once, so that the reserves at the end are all the time that
/// is left.
#[test]
fn no_slow_weather_reveals_a_secret_twice_loses_it_or_leaves_it_half_done() {
    let cell = |scenario| move |weather| Cell { scenario, strikes: Vec::new(), weather: Some(weather) };
    let cells = (0..SCENARIOS.len()).flat_map(|scenario| weather::all().map(cell(scenario)));
    let played = play(cells.collect());
    assert_all_is_well(&played);
    // Otherwise the weathers are too mild to show anything.
    let (mut begun, mut refused) = (0, 0);
    for (cell, played) in &played {
        if matches!(SCENARIOS[cell.scenario].kind, Kind::Reveals(_)) {
            begun += usize::from(played.calls.iter().any(|call| call.subject == "secret (received)"));
            refused += usize::from(played.outcome.left == "secret open");
        }
    }
    assert!(begun > 0 && refused > 0, "{begun} claims were begun, and {refused} came too late to be");
}

fn assert_all_is_well<'a>(results: impl IntoIterator<Item = &'a (Cell, Played)>) {
    let mut violations = Vec::new();
    for (cell, played) in results {
        let name = SCENARIOS[cell.scenario].name;
        let what = cell.weather.map_or_else(|| document::strikes(&cell.strikes), |it| format!("{it:?}"));
        let context = format!("{name}, {what}: {:?}", played.outcome);
        violations.extend(played.violations.iter().map(|violation| format!("{context}: {violation}")));
    }
    assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
}

#[test]
fn every_endpoint_is_in_the_matrix() {
    let endpoint = |method: &str, path: &str| routes::find(method, path).map(|(route, _)| route.endpoint);
    std::thread::scope(|scope| {
        in_paused_time(scope, async || {
            let scene = Scene::new().await;
            let requests = SCENARIOS.iter().map(|scenario| (scenario.request)(&scene.prepared));
            let played: Vec<_> =
                requests.filter_map(|request| endpoint(request.method, &request.path)).collect();
            for route in ROUTES {
                assert!(played.contains(&route.endpoint), "{} is not in scenario.rs", route.path);
            }
        });
    });
}

/// The calls of a request, each with its index among equal ones. They are sorted by
/// name, because some are made in parallel.
fn sites(calls: &[Call]) -> Vec<(Call, usize)> {
    let mut sites = Vec::new();
    for call in calls {
        let skip = sites.iter().filter(|(earlier, _)| earlier == call).count();
        sites.push((call.clone(), skip));
    }
    sites.sort();
    sites
}

/// The cell with one more fault: each fault at each of these calls, once and
/// permanently.
fn struck(cell: &Cell, sites: &[(Call, usize)]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (call, skip) in sites {
        for fault in Fault::ALL.into_iter().filter(|fault| fault.may_befall(call)) {
            for always in [false, true] {
                let strike = Strike { call: call.clone(), skip: *skip, fault, always };
                let strikes = [cell.strikes.clone(), vec![strike]].concat();
                cells.push(Cell { scenario: cell.scenario, strikes, weather: None });
            }
        }
    }
    cells
}

/// Calls that a request makes only because another one has failed, with faults of their
/// own. The other call was refused for good, or carried out without an answer. These
/// calls fail permanently, in the ways that differ: refused, unanswered, or carried out
/// without an answer, at once or late.
fn consequences(clean: &Results, once: &Results) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (cell, played) in once {
        let [strike] = cell.strikes.as_slice() else { continue };
        let is_telling = matches!(strike.fault, Fault::AccessDenied | Fault::AnswerLost);
        if !(strike.always && is_telling) {
            continue;
        }
        let usual = &clean[cell.scenario].1.calls;
        let new: BTreeSet<&Call> = played.calls.iter().filter(|call| !usual.contains(call)).collect();
        let new: Vec<(Call, usize)> = new.into_iter().map(|call| (call.clone(), 0)).collect();
        let differs = [Fault::AccessDenied, Fault::Hangs, Fault::AnswerLost, Fault::Late];
        let tells = |second: &Strike| second.always && differs.contains(&second.fault);
        cells.extend(struck(cell, &new).into_iter().filter(|cell| tells(&cell.strikes[1])));
    }
    cells
}

/// Plays all cells, on one thread per core.
fn play(cells: Vec<Cell>) -> Results {
    let next = AtomicUsize::new(0);
    let played = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(cells.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            in_paused_time(scope, async || {
                let scene = Scene::new().await;
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(cell) = cells.get(index) else { return };
                    let scenario = &SCENARIOS[cell.scenario];
                    let outcome = scene.play(scenario, &cell.strikes, cell.weather).await;
                    played.lock().unwrap().push((index, outcome));
                }
            });
        }
    });
    let mut played = played.into_inner().unwrap();
    played.sort_by_key(|(index, _)| *index);
    cells.into_iter().zip(played.into_iter().map(|(_, played)| played)).collect()
}
