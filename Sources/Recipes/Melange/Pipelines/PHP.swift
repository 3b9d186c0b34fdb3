extension BuiltInPipelines {
    /// Extensions of PHP from PECL.
    static let php = [
        "pecl/phpize": #"""
        name: Configure an extension of PHP
        needs:
          packages:
            - autoconf
            - busybox
        inputs:
          php-config:
            description: The php-config of the PHP that the extension is for; its development package must be there.
            default: "php-config"
          prefix:
            description: The folder to install below.
            default: "/usr"
        pipeline:
          - runs: |
              phpize
              ./configure --with-php-config=${{inputs.php-config}} --prefix=${{inputs.prefix}}
        """#,
        "pecl/install": #"""
        name: Install an extension of PHP and switch it on
        needs:
          packages:
            - automake
            - busybox
        inputs:
          extension:
            description: The name of the extension.
            required: true
        pipeline:
          - runs: |
              make install INSTALL_ROOT="${{targets.contextdir}}"
              settings="${{targets.contextdir}}/etc/php/conf.d"
              mkdir -p "$settings"
              echo "extension=${{inputs.extension}}.so" > "$settings/${{inputs.extension}}.ini"
        """#,
    ]
}
