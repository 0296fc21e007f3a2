//! The command line.

use clap::{Parser, Subcommand};
use readonce_bench::local::{SERVE, soak, throughput};
use std::path::PathBuf;

/// Measures what README and docs/benchmarks.md state.
#[derive(Parser)]
#[command(name = "readonce-bench")]
pub(crate) struct Options {
    /// What to measure.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Starts each function's release program under a Runtime API, next to ones
    /// that do nothing: times, CPU, memory, sizes, and calls to AWS
    Functions {
        /// Starts of each program
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..))]
        starts: u16,
        /// Calls of each start, after the first
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..))]
        calls: u16,
        /// What AWS takes for each answer, in milliseconds, beside what the
        /// embedded one does
        #[arg(long, default_value_t = 0)]
        aws_milliseconds: u16,
        /// Measure what is built already, with the programs' own names in this
        /// directory; only start and call what is there
        #[arg(long)]
        programs: Option<PathBuf>,
        /// Time nothing but this, by its name in the tables; for profiling
        #[arg(long, conflicts_with = "save")]
        only: Option<String>,
        /// Keep the results in docs/benchmarks.md and docs/benchmarks.json
        #[arg(long)]
        save: bool,
    },
    /// Observes the functions' calls to AWS alone, with the programs that the
    /// tests are built with
    Calls {
        /// Keep them in docs/benchmarks.md and docs/benchmarks.json, beside the
        /// times that are there
        #[arg(long)]
        save: bool,
    },
    /// Creates and reveals of the local server: how many a second, how long each
    Throughput(throughput::Options),
    /// Mixed load on the local server: memory, speed, and rows left behind
    Soak(soak::Options),
    /// The local server itself, for the two above
    #[command(name = SERVE, hide = true)]
    Serve(Box<readonce_local::options::Options>),
    /// What a million secrets cost, from the results in docs/benchmarks.json
    Cost {
        /// Keep the table in README.md
        #[arg(long)]
        save: bool,
    },
}
