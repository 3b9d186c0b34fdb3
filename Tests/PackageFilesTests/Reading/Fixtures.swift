import FarmModel

/// Real packages and an index of apko's test data (https://github.com/chainguard-dev/apko, Apache-2.0), as base64.
enum Fixtures {
    /// `replayout-1.0.0-r0.apk`, signed with SHA-256 by `melange.rsa.pub`.
    static let replayout = bytes(
        """
        H4sIAAAAAAAA/9IL9nT30wsKdjQyNdPLTc1JzEtP1SsqTtQrKE1ioBIwMDAwMDMxAdMGBgbotCESGyJuaGpiYMagYEAtB+ADpcUliUUMBgZF+fkl+NQRkkf3
        3BAB0yZkrEhl4zAK8F5av/fViUS/K0yJEsz9gYnGnO7cvMVfrz1adyT/qOK5j7nXP2VN/PMg2uT2s+7JAm2TFZxZNzAzrIja+anuCXNp0GMNfe41zDk2e9jW
        z12zVu1L8DZVtXcbLGfv/rV694bahoxvNU/2WvJ8KPCz/Hi9KiZNwmtX0KTm3F318o9KTGUf36u4t+7vmneLre9PSMnnZ0tpc5hVd1CzjPWZ46mAaT1CJx8o
        ih6q7u6Qv/87/2rqsRn1UllhjHU1t7YpTXPSmpjn+DpY7Vdt1orJdcc5d+94+iXt3p+6X6t0uY5fn+caUtLAdEHw3Qr3nTckz6XV/3poaMSjy3qrX4JPO0rx
        +u7oArGyR5l3A10+J+u+FvjX9vfhzX59CbmZ990sqx3rS0tWvrF/l/z2hcjD5Sfy33/N81j4uvae3SvzK7IXPskuW2HL/XKrrvl8pT8LTLNuLpGp3hM61edM
        15WU77PT9yw6d3Dt0w2XCg19etwvFbF6OLRu8tRcFb8yIcV7wbezCpH2PTrSGabeZsH1LntahCb8tp6RssHH3XLzP4ZH0YXSjwRsbtbOmazw5/sNk7bpj2e0
        a2xo1Loj8nfDP3Yln81mKv9s005073KcEJ81r0Lx+uPvE4Tl4j8qOOv813q1Qov1Udbdgw1Pbd9V3tt3OmTx95UG37xnnOcrPfnl0NV4lbz7y2ax/i4+0XtM
        Q6h7IyAAAP//EcqtiQAEAAAfiwgAAAluiAD/7FZdb6M4FJ1nfsVV9xkwBEiChpWqaaaNdttEmc5I+xQZc0Osgo1sk2n247+vTEiaplm1DzurWWnuC3DP/Ti2
        c67jzX+5nt59nL37hkYIIUkUdU9CyOmTxHF8eO/wIAxC8g7IUY1vZq02VL0jRElpjv2n9hp+IN8//yf2E1yjQEUNFpBvocaKihKd5qEUtEbIQGFT0a1sjfVt
        UEEGgUc84iriUMXWkMHjKFkmkaP57zZhMBiNHal4ycVpeoGa7X0MaxQGcqqxr9+qCjJwmKxrbmyhMEGCRTIa5sUKaUHZaDAu2DgP42SUYBRFIRsXJHJqyoWh
        XHTkWvEg5FfhVJyh0JbQ7fTeKbBBUUAGjUKDonCP+vZ09Hm0oIauqbbrZJiMRkOSrBJKw9EwJ/GKhCwmw9EwySO77vE4zMlolUerUbQaj4NgmBdxMo4wiouI
        Occb/52Y15+4t6V19eT+V+0V/Q+CODzR/2Aw/KH//0T/DWUPtMTUAbCCT48EC7BBpbkU6U7xDgA2kq1TsK9Wy4o3psP/QdEAOzGnb9eyTWm2ipdrYzkBuNAr
        Oe2EDLCTMgrGUe9CVCsMr7s1WHPPydgCe6G/EqhQy1Yx1Cn88ZeDYsOVFHZY2TwmhUFh+hp5y6tiqbCRmhupDoxs7bUxjU59v99h7X2V1Yp7BW58qTsGD7hV
        XJRvTPG7D1fzUnBRekpTr2nzLnff4qlS3uptLh+zwBsM7ayOowPEqMtQGb7ijBrUbt6KosIsJGEcEDJw1eAQWlY8Z24lGa3QtWt8zEIvGrgqeB7ywlsVbsVF
        +zLcFlTbxgTnkJKxLIi90BIeHwOPXU4WebEXuio8QLsdeRrWdhEDEpLAVeHQAaCMyfZwWKoVLtUpXFx0BVqN6mjH7OdOAd2h9n6AlhcpBISQg6d84dFrrKpD
        YWtrWWPBVQq+ffOfSpZKts1R2+77XN+XXWqs8yPK+4PeJdmruIdcoHWR2AM/+e0CfLhcXM+WN7PbSQr+hiqfUbZGv78DfEZVKXeBs9v57NNksfxw+eFmsrya
        Ls4nyLqRGlWXcz27nV118WdjS1nLouvXR88v72+ebZDvdbDfc+hpnmzgfDp/hVTDm67D5y+vBLabLk409ZJJseLlsut/lr1oaqfhDVZcdIPG7cfl/t8T+GiY
        L7WrsEKqcT+YdAp/9mdaPxRcgds8W3LPxZWt8Q+j19bqkxg18PObEo6aw/v3k9nHvsL0KtsPvt5zd3k7yS4WvXP/o50vJvf3vy3Pg18mi0/T2d1yepVddJfB
        HrCHtPy8+DW72M87fKR1U6HHZO3voyybw5Xzw74j+3sAY6HohwAOAAAfiwgAAAluiAD/7Fhtj9o4EN7P/Ioop5PupA1x3pyAtLpS4FpU3gS0uupUrRx7gNyG
        OHLCFlr1v58SEpJll+5ur9DdHs8XG3uYseeZsceBmJ4dGgghZFtW2iKEdtvyWIIzpGmWpp1JVqHicFhGMRFnCAnO42L0Nu6bz1a/bZ8JIKbqkKxeA2EgoipS
        eaQI8IFEUBb7T8hdsqdFGjJ3+NdtSzuTViUdB0POf3nsfwTsSI3hG2UyGHTHVToHehUtF9Xx64Z2QYkFlm67rusQi9IaNanOdNcEvYY1hzmUGC5YU6dSUnfC
        M0OS/wdI+RtI0hqbmxy3cXYP6EXOaybe9jf5bxiWdSYdJScfmv/MIz5f7r8itovP2meCTutCQOgTClGl3+i1L+RR9lOuDEftyeT95e7wu/Zo3Bn0LzutC1mr
        oiqSK68Hvfbl21H3Qp7HcRjVVRVWZBH6UKV8ocqVssUTnhKuiSj/PAi+pf7T8an+O0b9d02E6ntuaeT74/H867ptnvg/Iv8qO2AIfAP/GJ/ef0d5/2X5rzJX
        jVy+KE99NzyefwPrJ/5/BP83vwWkleGaL2MlrfMUgapRyFbVfyIelJXcg13X3P/+t23TPL3/f/D7H2rYtm3bwlM8NXVDYxSbxJ26FjHArNUA11wbu5idqvsn
        W93fj938/04pv/f9Xzrr89+Whu28n+AM6ciy8JHf//fVdz9p/fe5IknyeNj6q9OS65veCKZKa9B822v3J/J5Mh+QBSSzJLxSbgfIRia5GN6BiDwe5IoUvWps
        JqkAEns86ARTLtelxGg+CiwR12q4pmi6YmgTzakjVEdIQbiONspzWS4iuS79nY5Ikjzh3K9LC/BJMAPpt2uUXlI60jHSdVMzEdY0BU1dQ3cth2Cr9numTZLk
        gZiRwPuUrqouNefEC2ZLIti51AmonFr4kJn2PQpBBF0viksbNKq6nsh9SaRkRmLS3cgl22k2UeKe1JzMOF0uIIj7ZAFRSGgqkX8nSdxW5WKWdhinkUq3a1Gz
        ramu60wJcxhyXMs0bJZ8grWwXsMGtZlhajfttCCiwnOh8NWW1iGhV2QGyh4iK9mm5XAjV2j4nPvtdqgMQhAk9oLZeB3FsChcnEfNMrgK+MegmJh6PkSNgPjr
        Tyn7U+JHsJ3N3N3kAfWXLBWQ+4PGeNweTTqDvrwr2ALqE/EVOZb6I4yzyNyuV9pdMOMfA58T1uWU5NJ3WubCm3lBEo9yfTeU3u7uNlqGoe/BQ0RD4S2IWGcs
        DZci5FHqwsGwPWpMOv1Xyvj9eNLuJUxlofdVbu7h+xZV2+Qupq43IZ9lrryNlSOw2etMnhA5lIdr4c3m8QRW8V7reylsDIfdTrNxUxpWMYiA+COYFrlW5jSB
        LGAKAgIKTRLDjIt1om/YaL5pvGorvUa/8ao9ks/v/EfqrY0nwqtZnYRXapaOxU3/Iuf0DyLo/GLl4Ets7tE3WYdpoIRL4ctbiS9Z78Mjw7K3Od+K0KxmJ151
        TRa+YugYEDDs2C6bAmGEOkaN0ZqrW9jBYJqmTmsMmV+J4xsK9wb14w0d+wh7sidTpz+eNLrdHxfSMy+eL101u09/1f/M4vuu3ouHEv3L3REpn9+Zlg9Kiu3d
        KsBPT6No7oV3XLBJHdD2ISkYOuxbzvKy/nxlrfa4Oeq8bLcuX74vqEolgY0Li4dM0sINlS+nJ+MzfjKecMIJPwn+BQAA//8DAFD3UYQAKAAA
        """)

    /// `hello-0.1.0-r0.apk`, without a signature.
    static let hello = bytes(
        """
        H4sIAAAAAAAA/9SQsU7DMBCGO/spTmJudJc4bjxkYKFCSMAboLNzaUrTJLJd1PL0KCCE1AGmCviWX/b/SfZd9ni3vr2/eVhcEEREo/V7IuJ5YvHVfdxTTqQX
        gJf81CeHmDgsEMM4pu+8n/rz4f4JV7CWQQInacCdYC89DxvJ1LTbDLwXqKGTvh/n84sEqAEzynAZUHHwHdRwrMyT0SpuX2dZE61mt5HooYbnQ0zAkCQmmNjv
        eCOq33oZ4ixfT+w7WeYZqkYmGRqowR3iyY1H1XDijuP8AnkjeWlc0VpBk9tVgaa0RZVzRW2VN5p9RQ5b1K23skI2jlzpTVnYyloi9ds7/su8BQAA//+BrwuS
        AAQAAB+LCAAAAAAAAP/s091KhjAYwPEdv1ex6Dh9NvfxetDBeyYUKNgNbHOyyBo4BS8/MgoyLAizD/Y7UXSwPbB/pabCqsb2IYHU2a7zaHPwbO0JBNjr+/yd
        EMoowtP2R3lvDIPqEcAee/1C4ohP1dXFTVle14lx1tyF8T6pixO5zBstWpCsNQpUDhnJpM6JkeYohKakYVZS4EoefnqG6Ou+Kfk3nqKWnK/2D5Qv+qfAMoR3
        afKl/9774aN1n/1fDvdHnJ+l+vYhDe5gjfN4vg4x6CiKov/vMQAA//98hr7fAAwAAA==
        """)

    /// `APKINDEX.tar.gz`, of four packages, signed by `melange.rsa.pub`.
    static let index = bytes(
        """
        H4sIAAAAAAAA/9IL9nT30wsKdjQyNdPLTc1JzEtP1SsqTtQrKE1ioBIwMDAwMDMxAdMGBgbotCESGyJuaGpiYMagYEAtB+ADpcUliUUMBgZF+fkl+NQRkkf3
        3BAB/Gwv2MSrk78sWPeu6dXSi8ceSLx1TRTUPJv/4XGFXfzOOfdn8ex+GnppmeP16benJ/q+MLFKajXT9nx2e5bWl8+bpicvNko2kvNtby+adMAx8JNUTs/J
        RVyOczRW/Bdjm33FrdLjuOr89+ePLe5Q3frfSXNTxzGRnY1tDbqvP2+3CvtuuFVpwc3vJ5weLtcy3fzulrKNub1a++XVqo++fw9yFVtk1sag+PJz2sESNe/X
        654Hbn6zbNaN7DkT+8RCmD8bHZyx/VyHiPw+W143ccOT65x41ipy7NF2llDesMSr9JxUyeO9+x9caXx84+p1p8eHDkoqy1V1vZh9J/r7MunLf36WaQUn5rzb
        NSPn4GG7PReXF1hphOROuKfB92vuVfYCtpb1jozrd3SckCsTfb9ux/PPN3/ZHDkcuNw0sMBacVP1pa+77SU3hh2I6fpx9uXj5MxYrSNH05iNvXM/fmD/U3Zr
        hW8N45cfZeun7n/KNO/z11M/NZWvds/fKB0lzMe5JKNBTdavR0n05PUloiZXKqrqZn/SVl78L27x7a+H17jFOgg5sd3bfzX4YnJfW+ThM0EqE363T9cLW1r2
        pejeO+G0/Vyr2RfU2afPyH358JQt/52zGc3fYxcfWffz2eqd8bVrRdrmnal5vydzQuT5r7/MWuae6WU80Whm41j/+vKhgHlzxa5EzbSznKfgMDlro+pblurb
        9Us2NYW7AwIAAP//Ipr2bAAEAAAfiwgAAAAAAAD/7JRLj9M8FIa79q/I8vsWHY4vceJILDptmQY6vQPtbJBjO6W0uShxFMqvR5mhApUOlUAVQuqzsRXpnPM+
        kXw6kzfhqNdfti4IAABn7PEEgOMTuy493J++Y6DUazlwyVAHqtLKogV/POtY7h+hG0zx0OunKzEVEaHm02zQSSJYg5jKYT97iSaBqkqbJW0l28oUtmxj9C7A
        N3AD7QJQJ/js8w+coXnAhfBRGHBGXbT4VuV0O05TtYk3SlpTOrlUW7k2Dnb+s6a0/6NhcB8uUHZiShJU6TbN6hTZAJAKhGYMAMeu0DGnmhmgEaOuxyKP+K7W
        wniSkJih/KjZYThCje1+2Rvcr94/TBaLTV6b9C55zYoSP2TT7Slb8owtc1ljywTm523JOVtyKduE17fw9pWZ3I38XvHFJ3nX35Oqs6n8xjYvjDWpbkeyNDu5
        zyr7jC4RFFAYUOY1uoXJd1KZxKTW+aH0YHei67EeJdyA0dz3Ih0bqaXyqdBKRMTlPjeMMaKEBvZkgV8MPs5NXdfj5XoHBcRxBGO4ndmVaiwe4/wyPMdNeOqL
        8+G/N/vtzL1TfwD97ad+kl5/3p2Fk0U4Hl1sxpn9//Mdgwf4uv+vXLly5ZJ8DQAA///7iab6AAwAAA==
        """)

    /// `melange.rsa.pub`, the key that signed them.
    static let melangeKey = bytes(
        """
        LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUlJQ0lqQU5CZ2txaGtpRzl3MEJBUUVGQUFPQ0FnOEFNSUlDQ2dLQ0FnRUF1RTlhSHZwQm9lN0hObld4aHAy
        cAp4K0hHamJQaHpQMEN5UVlNTk1jSGpkNzZVY2FQd1dOVFZxSkk4Sk1UMnU3Mm1Qc0VYcEMrSjZLcWpJZ2dKb09hClFZZzg3b1lFZHRob0paanlEYUt6ZXpO
        WktuZHpWUWtnNFJmUVBpQ1BRa200cjl2NlNvME1DRGE0cndSWW5xcmYKczNKZTkvd2k4Qi93RzFzejdQNHdPRzIzZGp4cE9SRHNNSTlDeVpobkFLZk5nL3Vx
        bUYvc3hFd09MNEZhRFpNZwowb283S3gzRmp0cXFLVFY4dUZiQ0RzVHhWM0NSMHBtM1dKZFg5VE5malhMWGZwMmE2UURZazFKb1lsKytVVUhLCis3aXpNWHJv
        NnhnWTdPUFQrRjQ4L1lOWXhTL2NpSDkwRG1ON3lzSm5RMm90WkhTcWhPa0pWNFVyWUNLQkhZNTUKWGpwRGU3K25td1hhcVZ5QWxDUzZwRHFIZVlVVXBZVHBu
        djRiOWJic3Q5TnRZUFJZOFcwME9jNUNzM0tkSGVWNgpMcXZIQUd3TlRaeml2OTFVVHBpMGhNZjI3SStNTGFYeCtqTldtNWo0MGErWnlzd0xBUVNMSSt1M0x4
        ZlBsSGRhCmxocGFRdytDb00zdWNYOXJjbkphQmdvd1hjbERBQXZSTklqN0VKTlc1c2srM1NicG1LS0RrckQ3Q2wwck1TcmQKMWRpeERaWlB6QThVdHdoZU5U
        bVYrSSswcjFrUU1jTlljQjhpVUtzb1dJcGF1cjBDQkN3dzAyV1RIcE9NY01HdworclZyL3d6UFAzSXFvMStFVnJ6Vkk1a1NuWjdWTFJ0TzVWZE1MdzBQbElL
        NFNoSitYNU90VnRXbko5aklpTGFJCnNlMHRyOGxwcVU0MGVWODYyWCtqS3owQ0F3RUFBUT09Ci0tLS0tRU5EIFBVQkxJQyBLRVktLS0tLQo=
        """)

    private static func bytes(_ text: String) -> [UInt8] {
        guard let bytes = Base64.bytes(of: text.filter { $0 != "\n" }) else { preconditionFailure("a fixture is no base64") }
        return bytes
    }
}
