"""Certificates for websites on loopback: an authority of our own, and what it signs."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_EARLIER = datetime(2020, 1, 1, tzinfo=UTC)
_AGES = timedelta(days=36_500)


@dataclass(frozen=True)
class Authority:
    """Signs certificates, and is trusted by whoever takes ``trust()``."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def trust(self) -> ssl.SSLContext:
        """Return the trust of a client that knows this authority and no other."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=_pem(self.certificate).decode())
        return context

    def serve(self, host: str = "127.0.0.1", *, valid_for: timedelta = _AGES) -> ssl.SSLContext:
        """Return what a website serves with that this authority vouches for."""
        key = ec.generate_private_key(ec.SECP256R1())
        return _serving(key, _sign(key, host, self.key, self.certificate.subject, valid_for=valid_for))


def authority() -> Authority:
    """Return a new authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Authority for tests")
    return Authority(key, _sign(key, None, key, name, valid_for=_AGES))


def self_signed(host: str = "127.0.0.1") -> ssl.SSLContext:
    """Return what a website serves with that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    return _serving(key, _sign(key, host, key, _name(host), valid_for=_AGES))


def _sign(
    key: ec.EllipticCurvePrivateKey,
    host: str | None,
    signer: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    *,
    valid_for: timedelta,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=host is None, crl_sign=host is None, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(issuer if host is None else _name(host))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_EARLIER)
        .not_valid_after(_EARLIER + valid_for)
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if host is not None:
        names = x509.SubjectAlternativeName([_alternative(host)])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _serving(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> ssl.SSLContext:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        chain = Path(folder) / "chain.pem"
        chain.write_bytes(private + _pem(certificate))
        context.load_cert_chain(chain)
    return context
