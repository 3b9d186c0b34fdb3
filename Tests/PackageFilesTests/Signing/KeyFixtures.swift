/// Keys made by OpenSSL 3, its signatures, and signed files of Wolfi's tools (Apache-2.0).
enum KeyFixtures {
    /// A key of 1024 bits, made for these tests alone, as PKCS #8.
    static let pkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAO0gizI6ZlAxgJOV
        oJrjSuF454zj5ws4bdqttbEibe+40bNcYNy1RCdHVzTUD7AOJOH7MQkT4XSWCoiT
        wFEj7prxgAKH7Yb6UtSGgkpRF3e5xidG3rGfBVMuxZkNImdCzXYaXcru3voJAlaa
        ccNOpFK391uj2iO7fko8Qp4g5e4pAgMBAAECgYEAji51SCi8MFl+Pv/4zOZ8f7V/
        IXuFjbTIKdb+mreKM7MeCe3aJnyJ4QNlxsdgoK/abaWwQUEqbj2JE1uEdSKWbinl
        TEQ7UPNLwcRDQ+o6Z/cZZJ0agpcpXGoZxez9F9FrXYGW7fD8gfNY2wgt4y/NHX/u
        1PbfkMTiqnIBEpGu3gECQQD4rFG0Au+myJH2OK8CEkTGQG/VbJYlFKq4S+dadPgp
        yQgQ/8E40VKh/FWc3Qp3m6AYwLy9Zlhuoh7ADgrO2Wg3AkEA9B0izFyxtOqk2025
        CCbaPOUDzgL+zQqW0xl8SSwm33WIAsWLvohRnk005IGtY6T2f3IbUa4dndPwj+9V
        fdFsnwJAHWBN7pQCN5OuGoYrtnTuBvWJwI6pVgwQ9uCQnhD/WABVoZx0+P9RYa1r
        d7JtECAkU4hBQ6aZf8hLFakTAciRFQJAZhQs8gIs+XdJWr9EiYkdp2sozSPpgrpT
        2ZCFrV9+HeFa77XFuvXsE2M7o/YqGEnqHd8MV3qUvePba4TsXgGOBwJAOPlpzjBH
        AQ4S2RJGF3UdqmV8TmxjInOXPhDXAfE/ZMI+VDhhTublNIoCoGYoamrEk3hlBVex
        83B655T6aHOWzg==
        -----END PRIVATE KEY-----
        """

    /// The same as PKCS #1.
    static let pkcs1 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXAIBAAKBgQDtIIsyOmZQMYCTlaCa40rheOeM4+cLOG3arbWxIm3vuNGzXGDc
        tUQnR1c01A+wDiTh+zEJE+F0lgqIk8BRI+6a8YACh+2G+lLUhoJKURd3ucYnRt6x
        nwVTLsWZDSJnQs12Gl3K7t76CQJWmnHDTqRSt/dbo9oju35KPEKeIOXuKQIDAQAB
        AoGBAI4udUgovDBZfj7/+MzmfH+1fyF7hY20yCnW/pq3ijOzHgnt2iZ8ieEDZcbH
        YKCv2m2lsEFBKm49iRNbhHUilm4p5UxEO1DzS8HEQ0PqOmf3GWSdGoKXKVxqGcXs
        /RfRa12Blu3w/IHzWNsILeMvzR1/7tT235DE4qpyARKRrt4BAkEA+KxRtALvpsiR
        9jivAhJExkBv1WyWJRSquEvnWnT4KckIEP/BONFSofxVnN0Kd5ugGMC8vWZYbqIe
        wA4KztloNwJBAPQdIsxcsbTqpNtNuQgm2jzlA84C/s0KltMZfEksJt91iALFi76I
        UZ5NNOSBrWOk9n9yG1GuHZ3T8I/vVX3RbJ8CQB1gTe6UAjeTrhqGK7Z07gb1icCO
        qVYMEPbgkJ4Q/1gAVaGcdPj/UWGta3eybRAgJFOIQUOmmX/ISxWpEwHIkRUCQGYU
        LPICLPl3SVq/RImJHadrKM0j6YK6U9mQha1ffh3hWu+1xbr17BNjO6P2KhhJ6h3f
        DFd6lL3j22uE7F4BjgcCQDj5ac4wRwEOEtkSRhd1HaplfE5sYyJzlz4Q1wHxP2TC
        PlQ4YU7m5TSKAqBmKGpqxJN4ZQVXsfNweueU+mhzls4=
        -----END RSA PRIVATE KEY-----
        """

    /// Its public half as SubjectPublicKeyInfo.
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDtIIsyOmZQMYCTlaCa40rheOeM
        4+cLOG3arbWxIm3vuNGzXGDctUQnR1c01A+wDiTh+zEJE+F0lgqIk8BRI+6a8YAC
        h+2G+lLUhoJKURd3ucYnRt6xnwVTLsWZDSJnQs12Gl3K7t76CQJWmnHDTqRSt/db
        o9oju35KPEKeIOXuKQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// The same as PKCS #1.
    static let publicKeyPKCS1 = """
        -----BEGIN RSA PUBLIC KEY-----
        MIGJAoGBAO0gizI6ZlAxgJOVoJrjSuF454zj5ws4bdqttbEibe+40bNcYNy1RCdH
        VzTUD7AOJOH7MQkT4XSWCoiTwFEj7prxgAKH7Yb6UtSGgkpRF3e5xidG3rGfBVMu
        xZkNImdCzXYaXcru3voJAlaaccNOpFK391uj2iO7fko8Qp4g5e4pAgMBAAE=
        -----END RSA PUBLIC KEY-----
        """

    /// The key with a passphrase, as PKCS #8.
    static let encryptedPKCS8 = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIC3TBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIKU3KkiIrkgoCAggA
        MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBA5vrw3r8N6bRGiWCZ0LoXHBIIC
        gEiqaBhW4Ivg6Ii6emkO2zalm9U7c+rR9sGSQIluywjmqa7AdtjizTB3jqW8oh0I
        M6J5ArZeY4tu35tHGYefMVsKIguVyOe+MlnBP7rFS/AJJFmTGeO4nT1UHn3Sxc2Z
        9oIDKWWgraibxDzmCe6g194OY/EmdwhtFhmU/61AsxIWORBMhVqbf+1P9+9VYUs9
        SzObQrlgOU75bsgMGhL7Lwbm6gHgz7wF3CefM2ziupr+2Lh/IMhF097lmUSvBnso
        TEcodeTAZuqF5ehnE/i2SBaPhFARCht/zxjyDlMW4g9QOziE4Wdb5izNGapGHRMW
        eu7k1353MUx0uLJK8nC18Di+aIH5TyavhHp7IwojvGxyR5W4fFvII7kqQq4bqjMq
        PSt9qKhn09y3NT/FRCZTfnNQl/SP2hZa9RF1EBX7MTSy7AnJ6sXRQZJ0gK+kg5kR
        1EwTR3YgHhYhyg60rwJCy9qL4e4POEpCNQqti/I3v7a29J11PHKwbucpRdzlRsEY
        pNDZXcEXWL4GEnHju+0FuQRyEfDkNUR2lVVDq2aNawOVIHlJJLn1IBrQvr4T0Kkj
        1SgXh1hdKJlrrSHS/253VLzTl7EK16rvsu5NtRefJHLyrwv5Wil4kFez2yPLcbzk
        CoeeRV3ztNQYt+4goO5zA/aXqvFD0hiQoFJqvPQJTD5y1EK2ntDKo52py8TTcZ7c
        Wy29MpBWG2A+xF2IZp1WD23b3pisQNOSs/4SkzrpjZEQX/ifMsi52xdMF/4Za2vW
        wgrHSWD6I/ZcomvOmELk0zkbRySTGEmAiP4cRYuUNd/Y34XRtUbei1jjEe2AyunG
        rxhUSWPRgKvWOllrIiGvMjU=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// The key with a passphrase, as PKCS #1.
    static let encryptedPKCS1 = """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,F995D76DC6B45C1CC36E21001B4D220D

        SFOyh8b+vGyfWfDg42HvUbTSVfY2sWyFlPV901QGsmz4+h4EvpMF1GVX7Lh9stDd
        2AvBYVzEKZAIiuZJlIN2tlhW/xNYpISlKFEYtRyHLGrljdAt2vgsINM5QDlnm4/4
        ZKs0MGoXfTeYa4/8J1HZFbreNv+qjuaBh+Z/VvglehxQhJgVHOAJtL5Z2z0Je5rc
        Gxz/n7d25DdsgWllOvVZZTe8l7w3CPQZqCvhTnOzqQDlZ9oaUcGr61/f0rn0TAyi
        Sf/aQXdKCWvTJvxLq32kJTyHGzCNJ5579tQodcWQ0OqSikjmgwIAackpHMLjNxz+
        FzOX7mcqv8wPKuRe5i+M+hAsvE8O5N2tdEiRD1FhDTzbes6b4C6JATPQ9Q1Npy0v
        sP1x8OwFtFng+PiV2dZN/ALZmuUXIW76kx2tYITFkv8ktMXWJxfOBkUmO/Iyk9Fn
        rnUcKgJwWX0BmdHDZQqeHfG3uHGXL3ALQ+W1TEFCSmlz5Ooq5lEibjzcZJFUp+Xf
        ein3u1HbKm75korC7hE1Jgtqkrzk4Zc1cJDQdMTN9XDN4/KsYAWnhCBY2qiSAcoA
        lf1muPFfQMrR5kT2KsOZpd5Qi7/0szAt554e/xhzPG66Kf1xkwUsM1dw2O4deyS2
        GqQLHFGWKmOJlT6YVNS/ofunsxCRDqJg927VbJIrSkOoXfDvtHMZe13pnh/dSWae
        StCHylxI5o25D29iOpnRE5FUItLCmWc2I6sfJiZOAlyxzERPjxPayy9ap4uJzjEs
        XsFrWjJvrE160USl6zY1t/RjSW0u0Q5jWVV0teiHLkL9c31M+xIXkrquMhXK+coc
        -----END RSA PRIVATE KEY-----
        """

    /// A key of another kind.
    static let ellipticCurve = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEdmPHw8A/DNrPAEL
        2/JXMALEXnj8fX7t7QGMJhjmGB2hRANCAAR/p+dnw3VKcec4u69WO0dzrOJpBGDP
        lWvzcOIX5QiXg4NvkoPs9uBLsdxSSK/E8PTl5cxerXSUclZTdylXtnCl
        -----END PRIVATE KEY-----
        """

    /// A key of 512 bits.
    static let small = """
        -----BEGIN PRIVATE KEY-----
        MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAzLqUZzv9JWKFK2WK
        zEeHtyQP+oj7aA7uEVAe6+dN2W5LZ9mtWqFJ4RxjjddvAv++sXscAL5Y3+eWZBkH
        QSz4pQIDAQABAkEAghS3AJUcNqnPpZBCTaPRdqtCP9TTsP1zhKqcyxVP4KtQ1dni
        y++rMb0pmiAfB8zPYd3D6Gkr0rfAu61aHVzdrQIhAPm5yPIgu8QGp8ykW/4H3Usl
        WE+5HlCICqBY74bQiME7AiEA0d9g42vmWh2P/oZrH8gQ3hjA2+TikZMmGs4CcjQX
        j58CIQCsEJqoWm2Fr6BGnKjV681KTbz/kWmVy2am/SBtH5paqQIhAK2HcWkZUkG4
        p9Lf+bsxhSDefrhSrDOJ47vOEp+zCrgpAiAHYvDbdUJjHnmmobBJiBRfwtee8i3X
        lfTEdIkL5eGpLA==
        -----END PRIVATE KEY-----
        """

    /// The signature over the SHA-1 of `abc`.
    static let sha1Signature = """
        8b5b25e2c49fa41dbae9710e9282dc6ac997b9a74a468abe949d819365b3db581e9ebcaeec20add1e6b4f35417a46f350c2d3bf7e6e04671d260026591c61981\
        1308e47593d9db7302450f05ae75f884e1bde00fdcaa195518b88f2d3cf85b6d718702efa0d4e73463c6241f34261d40c238ab239ad6c0ba8c48fb9b47ee4a3a
        """

    /// The signature over the SHA-256 of `abc`.
    static let sha256Signature = """
        98fb5290d0fbcc005afdbd24c72440764c761ab103e9b3fc8c0b6d7582ff610ce418a32a65f4ebb4bee3ee92555a497f2c197afce820630d314d96c7e089f737\
        153813c37960629cd1268b25c701719677cec71809bea289b75c4ba099323b7a2f680e33c9a11a0f8e7dd559e335690cf7b871954215b4e819d240b152decf7b
        """

    /// The key of an index.
    static let indexKey = """
        -----BEGIN PUBLIC KEY-----
        MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEArPL3OE2edJeOFFvd3iXS
        n8+VP4LDydDaqIVJYsMZvbeASmxxgmo7PTCnr0N8hzDrUEn9D4Tb2vK6HGkMh89v
        RkC8EXCKKltAAHOYG40yUDhnrkIzbnUl1Y27I69I9xIojFBXhB+nUckDCmqEhM7h
        dGuCKZVr+ABXEgpPy4jua0OXXKmgGGFNnMGXg5BJ8xQS6NjAje1clpqgTcW4vMDi
        VCfosZtPEL1uh7MqoKa1f63PuegQhlXI5q++LQL4O7aQKdZvk9RFV2PyIIgLE2Dr
        WVLqCI2k2veoYJiz83oiixcxiHVqVqyrnLIFPT+F4dbH6lC4JhcIVK4Vvg+uY2/z
        gp090qRbje3H/VV9SsKpwj7ZbzSz4H5zyafs0ONDVvTIzmz3M1vLS+Au8NqRkGNj
        dxV4ZyYalq7BWrI51SKt1EyWQxWwTQcwIaaAMUIqOsc3I6qIvDRoNTY+ORTNwrud
        +6Ve5h3bP9UyEHnSHQBHOEzQzlLDawCUo4RcyPsFfMqhCrCBM1IAKCFm4aeaIr7Q
        0x+r1NFiZkOsW2JrbKFaA4swQdPGtirtxvcyq4HBP1XW1mlujKKFV64nByfMEaRs
        UUcx14yovgv54uwNX4c8BRSYAuU/enW7jrdPKpLWOzKuKcRg8f+sIpblF2m5Fbqp
        guyM+Ks3c29KlRf3iX35Gt0CAwEAAQ==
        -----END PUBLIC KEY-----
        """

    /// The key of a package.
    static let packageKey = """
        -----BEGIN PUBLIC KEY-----
        MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAuE9aHvpBoe7HNnWxhp2p
        x+HGjbPhzP0CyQYMNMcHjd76UcaPwWNTVqJI8JMT2u72mPsEXpC+J6KqjIggJoOa
        QYg87oYEdthoJZjyDaKzezNZKndzVQkg4RfQPiCPQkm4r9v6So0MCDa4rwRYnqrf
        s3Je9/wi8B/wG1sz7P4wOG23djxpORDsMI9CyZhnAKfNg/uqmF/sxEwOL4FaDZMg
        0oo7Kx3FjtqqKTV8uFbCDsTxV3CR0pm3WJdX9TNfjXLXfp2a6QDYk1JoYl++UUHK
        +7izMXro6xgY7OPT+F48/YNYxS/ciH90DmN7ysJnQ2otZHSqhOkJV4UrYCKBHY55
        XjpDe7+nmwXaqVyAlCS6pDqHeYUUpYTpnv4b9bbst9NtYPRY8W00Oc5Cs3KdHeV6
        LqvHAGwNTZziv91UTpi0hMf27I+MLaXx+jNWm5j40a+ZyswLAQSLI+u3LxfPlHda
        lhpaQw+CoM3ucX9rcnJaBgowXclDAAvRNIj7EJNW5sk+3SbpmKKDkrD7Cl0rMSrd
        1dixDZZPzA8UtwheNTmV+I+0r1kQMcNYcB8iUKsoWIpaur0CBCww02WTHpOMcMGw
        +rVr/wzPP3Iqo1+EVrzVI5kSnZ7VLRtO5VdMLw0PlIK4ShJ+X5OtVtWnJ9jIiLaI
        se0tr8lpqU40eV862X+jKz0CAwEAAQ==
        -----END PUBLIC KEY-----
        """

    /// The signature of that index, over a SHA-256.
    static let indexSignature = """
        YOqCiaWeIqTYEuxvuZ9t4Q2ctiDYjHHdcfb1/hHMp6E+Dis7GpxeU8NRAd7BhaKrQiTZc3gcGkf3BT2krCCaXDiYKIY45CsD+XRhIpU0lgaIAubIZJLgDHDB\
        Al3g3tKHH6qLZ++bg4i6s4lzusnwDq+uVZKrkZ8C8Yz36etgbEJ4CMWTDRbeL/TOq3G1AqWjWm250wmaO2tnqj0jFTq3nRIEeLbk7Y7KpkBLhP0C87JNG8oQ\
        UCA+ZPW34uL4HjTJems3vdx1T0dRL3Y4fR7Ss8on5D94bOQCczHhtO45W9SiMJinfLYY6dILm0Oi+W28TfHfvRBU3djztYjjOdJugjQjjt1xCaBc8cBjqHKN\
        nNU4yKpZ5D7YlWETaDvb8IqTo37DFI7EvaQnLXxVuv5PiNR6bddaS5NI4iEHTmT6n4K2h8dHQCOIPW+hC0J58DvtIR4a8TojM5akwRAfKs8zUj1g+fPI2Ndx\
        9ofRY8g60Wh8m2SXVVmQjeKrbROyjbARVedWCkCei3wJA8aJtpB3hOstA3GbG6VSKVBJRzmTPq/xHkGp34yJI7V4+IZc9YBrRNhBwsYfSlpFw+LIhYXN7PK7\
        WsJTCFSPO7NkWPkqBwIw9VBv9K7dI99a24R18mNRbh24flFsZhXdfiPS5zZzIxu8O6JgoTOdlxwEMNEcMDA=
        """

    static let indexDigest = "8aa173d5a0044605f42b38780d0e225f7c1da181b3ff4359862fa523c83bd542"

    /// The signature of a package, over a SHA-256.
    static let packageSignature = """
        lpBoqGUGCDJQS6V/verIYU7UAmEYA49RYTMJRwsNc/XW4q7Eb8UhzvFt1/JqkfzgWzTb5ouTEIaTIEMFsAMAqFq58n7kA3VS4ygvC6wDbDy8Bq+drK0m9FO2\
        JSbusDmbu/qru7B9gGj2fOS9OQzwcE458dd6XGYYSrpSkoNtun8f4nQ1HePeeN6u/azuozvfkGRvDwZkhkCafsEpdgXmQcpQlowSyeAhFcJ7i4gf3/tv1WXG\
        mH8aalYBfnzatiKWQiqRbkHrUyb6fWqok37HCbu45fRm3vx++qotCsfXnkVUdIAC0BHuqEe52BnOZn/64TEyDC0F2o8YDitaIde7W3AWduJp3VFE82Mt6xD+\
        hv3h2Y8vGB6Z30Y5e0F/dXSp7D/uY+3oFOGnyG/v9W5Ioet93j7qN9Qd0PIdpqg9C+m1LTefIvygNWrZpBx7vFWVTMyK1GT3m2e8os7BreWw0nExTIxH0nIF\
        SECFskkpql+pYGRLoPbNIFk/jCwbaDVLNlN/RLyEEpD7O5hksExHObP+AOJbcRviEDzZfZyTIPz32DSGl+OYhyiwgSrcFP2w/gciTLM2JP49ZsiLukGQX2qe\
        eCHX4/eQEx5f8SBDLP8q6qgqBeJq3cGA5T3ued6+y1Sj96kw9kuYzw51yfTC1V8kbt+mmgX7c8iNxigSi7E=
        """

    static let packageDigest = "299f2c5457b01c394f336fbb9d1d8a5a020c5c73031d6c69e600e67c67c305e3"
}
