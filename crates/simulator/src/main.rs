//! The program: runs seeds, judges them, and says what it was that it ran.

use clap::Parser;
use readonce_simulator::Seed;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Runs whole days of the service in simulated time, and judges what happened.
///
/// One seed has one history. A seed that breaks a rule is printed with the command that
/// repeats it and the shortest history that breaks the same rule.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// How many seeds to run.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first seed; without one, a new one by the clock.
    #[arg(long)]
    first: Option<u64>,
    /// Runs for so many minutes instead of a number of seeds.
    #[arg(long, conflicts_with = "seeds")]
    minutes: Option<u64>,
    /// Runs this seed alone.
    #[arg(long, conflicts_with_all = ["seeds", "first", "minutes"])]
    seed: Option<u64>,
    /// Prints the whole history of that seed.
    #[arg(long, requires = "seed")]
    history: bool,
    /// Does not shorten a history that breaks a rule.
    #[arg(long)]
    quick: bool,
}

fn main() -> ExitCode {
    match simulate(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(io::stderr(), "readonce-simulator: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether every seed keeps all rules.
fn simulate(options: &Options) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    if let (Some(seed), true) = (options.seed, options.history) {
        let seed = Seed::run(seed);
        write!(out, "{}", seed.history)?;
        seed.broken.iter().try_for_each(|broken| writeln!(out, "broken: {broken}"))?;
        return Ok(seed.broken.is_empty());
    }
    let first = options.seed.or(options.first);
    let first = first.unwrap_or_else(|| readonce_core::time::since_epoch().as_secs() * 1_000_000);
    let seeds = if options.seed.is_some() { 1 } else { options.seeds };
    let end = options.minutes.map(|minutes| Instant::now() + Duration::from_secs(60 * minutes));
    let goes_on = |ran: u64| end.map_or(ran < seeds, |end| Instant::now() < end);
    let (mut ran, mut requests, mut faults, mut lasted) = (0, 0, 0, Duration::ZERO);
    let mut is_clean = true;
    while is_clean && goes_on(ran) {
        let number = first + ran;
        let seed = Seed::run(number);
        ran += 1;
        requests += seed.requests;
        faults += seed.faults;
        lasted += seed.lasted;
        is_clean = seed.broken.is_empty();
        seed.broken.iter().try_for_each(|broken| writeln!(out, "seed {number} breaks a rule: {broken}"))?;
        if !is_clean && !options.quick {
            writeln!(out, "to repeat it: cargo run --bin readonce-simulator -- --seed {number} --history")?;
            let shortest = Seed::shortened(number).map(|seed| seed.history).unwrap_or_default();
            writeln!(out, "the shortest history that breaks the first of these rules:\n{shortest}")?;
        }
    }
    let days = lasted.as_secs_f64() / 86_400.0;
    let verdict = if is_clean { "; no rule is broken" } else { "" };
    writeln!(
        out,
        "{ran} seeds from {first}: {days:.1} simulated days, {requests} requests, {faults} faults{verdict}"
    )?;
    Ok(is_clean)
}
