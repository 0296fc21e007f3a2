//! Weathers: periods in which every answer of AWS is late.

use readonce_tests::faults::Weather;

/// Answers that come at once, late, or just before the SDK gives an attempt up. Before
/// the answer, further attempts stay unanswered, carried out or not, up to the SDK's
/// maximum. At most one attempt at ending a secret stays unanswered: nothing may be
/// lost in such a weather.
pub(super) fn all() -> impl Iterator<Item = Weather> {
    let of_these = |carried_out| {
        let percents = [10, 60, 95].into_iter();
        percents.flat_map(move |percent| {
            [(0, 0, 0), (0, 0, 1), (2, 1, 1), (4, 0, 0), (4, 1, 0), (4, 1, 1), (4, 2, 1)].map(
                |(unanswered, unanswered_kms, unanswered_ends)| Weather {
                    percent,
                    unanswered,
                    unanswered_ends,
                    unanswered_kms,
                    carried_out,
                },
            )
        })
    };
    [false, true].into_iter().flat_map(of_these)
}
