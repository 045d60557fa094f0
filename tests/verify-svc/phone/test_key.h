#pragma once

namespace limpid::verify {

/// An RSA key made for the tests of signed provider tokens (`openssl genpkey`, 1,024 bits), and used nowhere
/// else.
inline constexpr char kTestKey[] = R"(-----BEGIN PRIVATE KEY-----
MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAL++slApA6f6dBAi
PFFdxWdzXuLpEkUeBTe3di/DWuf/ZZU6pzVX+xHhfp2r8pCc9hJMBvigyw6wuDbo
eCLOvpQ/CuYZjVLKeUekWKwsq47kCA2xOo0cJjh6mRk/EiQmnFZq1oFwXk1sVZjn
AnCuYRxf9KR9S5nZBxSBYzZqVyRTAgMBAAECgYAmvWeXbIHxmVeDvvcC1XhBy3x7
Se3ICyWwuR9mzQh74QzsFpqb23e9iBqlzozGjP/meHfcGdiM0kWVymgjWDQGs1ge
nr3QEy5C7xg/I5tNDt9TtBYlZ5SouAqu2CuxwN4ZqCSMntroXEPFlU/nOquRPhxj
wKKEcwnifEj+/E6WSQJBAP0TjIHEqyi60hSdTHVuHmgRmVc0OfL1ROGiZEipiEzr
OEDUh7po89hoaGyu+f/MmKqEyuYa9yeuNok/KdPsgu8CQQDB9cPpopcGLVFIwPT0
9u9oaKEaA1t13kE1o0OXaSvCzanxgpbKcS3mNYBEZPg6LLtbnmiaVhB1twhEwG+N
R6TdAkEAtEYkpJvPwKez1nNmb5ANoNxIetH9JZCJjKD9BrWdHg3AeI3sUWFJsjJN
kH3kH89CQNVvIxK6VE3JE2MnDItBiQJANpR8HuC78ucJuplh1RUv5Yeb3gAX2qFC
ZF+fA5p60ASjz+xZlnom2mMvxw9KssQnrO50rQmO9DEfSImGWpFQmQJAVeBRLOS/
jINEJk2OUm5lsEtxWq9iCzKN10t4nMhfT35QEDn/1kFXDFg9RfL/Draz3dnvC4sI
JeDUsE8zZ6X0eg==
-----END PRIVATE KEY-----)";

}  // namespace limpid::verify
