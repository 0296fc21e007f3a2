//! The network of a client, by which limits count.

use std::net::IpAddr;

/// The network of a client address: the whole IPv4 address, or the first half of an
/// IPv6 address, which one client is commonly given. It has no Debug, so that no
/// address gets into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientNetwork(pub(super) Vec<u8>);

impl ClientNetwork {
    /// The network of an address in the gateway's notation. All invalid addresses share
    /// one network.
    pub fn of(address: &str) -> Self {
        match address.parse().map(|address: IpAddr| address.to_canonical()) {
            Ok(IpAddr::V4(address)) => Self(address.octets().to_vec()),
            Ok(IpAddr::V6(address)) => Self(address.octets()[..8].to_vec()),
            Err(_) => Self(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_an_ipv4_address_or_half_an_ipv6_address() {
        let same = |one: &str, other: &str| ClientNetwork::of(one) == ClientNetwork::of(other);
        assert!(same("192.0.2.1", "192.0.2.1"));
        assert!(!same("192.0.2.1", "192.0.2.2"));
        assert!(same("2001:db8::1", "2001:db8:0:0:ffff::2"), "one /64");
        assert!(!same("2001:db8::1", "2001:db8:0:1::1"), "two of them");
        assert!(same("::ffff:192.0.2.1", "192.0.2.1"), "IPv4 in IPv6's clothes");
        assert!(!same("::ffff:192.0.2.1", "::ffff:192.0.2.2"));
        assert!(same("", "nonsense") && !same("", "192.0.2.1"));
    }
}
