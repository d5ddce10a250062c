package dev.slipway.prerelease.git;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the server its one access to repositories. */
@Configuration
class GitConfiguration {

    @Bean
    RepositoryAccess repositoryAccess(GitProperties properties) {
        return new RepositoryAccess(properties.cache(), properties.timeout(), System.getenv());
    }
}
