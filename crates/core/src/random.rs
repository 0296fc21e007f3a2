//! Random numbers, only from the operating system.

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// Overwrites `bytes` with random bytes.
pub(crate) fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the kernel's random generator answers once it is seeded, at boot");
}

/// A uniformly distributed number below `bound`. Bytes that would favour small numbers
/// are rejected.
///
/// `bound` is 1 to 256.
pub(crate) fn below(bound: usize) -> usize {
    debug_assert!((1..=256).contains(&bound));
    let fair = 256 - 256 % bound;
    loop {
        let [byte] = bytes::<1>();
        if usize::from(byte) < fair {
            return usize::from(byte) % bound;
        }
    }
}
